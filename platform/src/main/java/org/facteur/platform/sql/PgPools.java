package org.facteur.platform.sql;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.SettingException;

/** Pools of connections to PostgreSQL. They connect when first used and again after an outage. */
public final class PgPools {
    private static final int PIPELINE = 64;
    private static final int STATEMENTS = 512;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(5);

    private PgPools() {}

    /**
     * A pool; the caller closes it.
     *
     * @param uri {@code postgresql://user:password@host:port/database}
     * @param name shown in PostgreSQL's pg_stat_activity
     * @param size connections at most
     * @param schema where unqualified names of tables are looked up
     */
    public static Pool create(Vertx vertx, String uri, String name, int size, String schema) {
        PgConnectOptions connect = options(uri)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS)
                .setPipeliningLimit(PIPELINE)
                .addProperty("application_name", name)
                .addProperty("search_path", schema);
        PoolOptions pool = new PoolOptions()
                .setMaxSize(size)
                .setConnectionTimeout((int) WAIT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().with(pool).connectingTo(connect).using(vertx).build();
    }

    /** What a URI says; fails with {@link SettingException} where it is none. */
    static PgConnectOptions options(String uri) {
        try {
            return PgConnectOptions.fromUri(uri);
        } catch (RuntimeException e) {
            throw new SettingException(
                    CommonSettings.POSTGRES.name() + ": accepted is postgresql://user:password@host:port/database");
        }
    }
}
