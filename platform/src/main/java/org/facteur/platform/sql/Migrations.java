package org.facteur.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Locale;
import org.flywaydb.core.Flyway;

/** Brings one schema of the database up to date: each service owns its schema and its migrations. */
public final class Migrations {
    private static final int ATTEMPTS = 120;
    private static final int MOST_SECONDS_BETWEEN = 5;

    private Migrations() {}

    /**
     * Creates the schema where it is missing and runs the migrations that it has not seen, on a worker thread. While the
     * database cannot be reached it is tried again for some ten minutes. Several instances may do so at once.
     *
     * @param uri {@code postgresql://user:password@host:port/database}
     * @param schema the schema that the migrations are for
     * @param location directory of the migrations on the class path, such as {@code org/facteur/mailbox/store/migrations}
     */
    public static Future<Void> run(Vertx vertx, String uri, String schema, String location) {
        PgConnectOptions database = PgPools.options(uri);
        return vertx.executeBlocking(
                () -> {
                    Flyway.configure()
                            .dataSource(jdbcUrl(database), database.getUser(), database.getPassword())
                            .schemas(schema)
                            .defaultSchema(schema)
                            .createSchemas(true)
                            .locations("classpath:" + location)
                            .failOnMissingLocations(true)
                            .connectRetries(ATTEMPTS)
                            .connectRetriesInterval(MOST_SECONDS_BETWEEN)
                            .load()
                            .migrate();
                    return null;
                },
                false);
    }

    static String jdbcUrl(PgConnectOptions database) {
        String url =
                "jdbc:postgresql://%s:%d/%s".formatted(database.getHost(), database.getPort(), database.getDatabase());
        return database.getSslMode() == null || database.getSslMode() == SslMode.DISABLE
                ? url
                : url + "?sslmode="
                        + database.getSslMode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
