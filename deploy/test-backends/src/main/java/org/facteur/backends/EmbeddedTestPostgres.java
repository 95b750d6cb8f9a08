package org.facteur.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.facteur.embedded.EmbeddedPostgresServer;

/** A server beside this JVM. Its files stay until the JVM ends. */
final class EmbeddedTestPostgres implements TestPostgres {
    private final EmbeddedPostgresServer server;

    EmbeddedTestPostgres(EmbeddedPostgresServer server) {
        this.server = server;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void execute(String... statements) {
        try {
            server.execute(EmbeddedPostgresServer.SUPERUSER, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void crash() {
        try {
            server.crash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
