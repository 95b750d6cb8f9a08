package org.facteur.backends;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.TreeMap;
import org.facteur.embedded.EmbeddedPostgresSettings;
import org.facteur.embedded.PostgresParameters;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, by an image that is started as postgres is. It has the parameters of the embedded one. */
final class ContainerPostgres implements TestPostgres {
    private static final int PORT = 5432;
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "of the test";

    private final ServerContainer container;

    private ContainerPostgres(ServerContainer container) {
        this.container = container;
    }

    /** Starts a server; blocks until it takes connections, some seconds. */
    static ContainerPostgres start(DockerImageName image) {
        var container = new ServerContainer(image, PORT);
        var postgres = new ContainerPostgres(container);
        container
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withEnv("POSTGRES_INITDB_ARGS", "--no-sync")
                .withCommand(command())
                .servesWhen(postgres::serves);
        container.start();
        return postgres;
    }

    private static String[] command() {
        var parameters = new TreeMap<>(PostgresParameters.anywhere());
        parameters.putAll(EmbeddedPostgresSettings.forTests().parameters());
        var command = new ArrayList<String>();
        command.add("postgres");
        parameters.forEach((name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
        });
        return command.toArray(String[]::new);
    }

    private boolean serves() throws SQLException {
        try (var connection = connect()) {
            return connection.isValid(1);
        }
    }

    private Connection connect() throws SQLException {
        var url = "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), SUPERUSER);
        return DriverManager.getConnection(url, SUPERUSER, PASSWORD);
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return container.port();
    }

    @Override
    public void execute(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void crash() {
        container.crash();
    }

    @Override
    public void start() {
        container.resume();
    }

    @Override
    public void close() {
        container.stop();
    }
}
