package org.facteur.standalone;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facteur.embedded.EmbeddedPostgresServer;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.security.Passwords;

/**
 * The database of the standalone run and its two log-ins: the owner, who writes, and the reader, whom the gateways use and
 * who may only read.
 */
final class Databases {
    private static final String OWNER = "facteur";
    private static final String READER = "facteur_reader";

    private final EmbeddedPostgresServer server;
    private final String database;
    private final String ownerPassword;
    private final String readerPassword;

    Databases(EmbeddedPostgresServer server, Secrets secrets, String database) throws IOException {
        this.server = server;
        this.database = database;
        this.ownerPassword = secrets.get("postgres-owner", Passwords::random);
        this.readerPassword = secrets.get("postgres-reader", Passwords::random);
    }

    /** Makes the database and the log-ins where they are missing, and gives the log-ins their passwords. */
    void create() throws SQLException {
        createRole(OWNER, ownerPassword, "createrole");
        createRole(READER, readerPassword, "nocreaterole");
        if (!isThere("select 1 from pg_database where datname = '" + database + "'")) {
            server.execute(EmbeddedPostgresServer.SUPERUSER, "create database " + database + " owner " + OWNER);
        }
    }

    /** The variables that tell the services where the database is. */
    Map<String, String> uris() {
        Map<String, String> uris = new LinkedHashMap<>();
        uris.put(CommonSettings.POSTGRES.name(), server.uri(OWNER, ownerPassword, database));
        uris.put("FACTEUR_POSTGRES_READ", server.uri(READER, readerPassword, database));
        return uris;
    }

    private void createRole(String role, String password, String right) throws SQLException {
        if (!isThere("select 1 from pg_roles where rolname = '" + role + "'")) {
            server.execute(EmbeddedPostgresServer.SUPERUSER, "create role " + role + " login " + right);
        }
        server.execute(EmbeddedPostgresServer.SUPERUSER, "alter role " + role + " login password '" + password + "'");
    }

    private boolean isThere(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(EmbeddedPostgresServer.SUPERUSER),
                        EmbeddedPostgresServer.SUPERUSER,
                        server.superuserPassword());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
