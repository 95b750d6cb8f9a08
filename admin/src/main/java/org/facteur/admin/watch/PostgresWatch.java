package org.facteur.admin.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.sql.PgPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL every 15 s about itself, on one connection of its own. An outage is logged once, and told as {@link
 * PostgresMetrics} says. It sees what the log-in of FACTEUR_POSTGRES may see.
 */
public final class PostgresWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> STATES = List.of("active", "idle", "idle in transaction", "other");

    private static final String DATABASE = "select pg_database_size(datid), xact_commit, xact_rollback, deadlocks,"
            + " blks_hit, blks_read from pg_stat_database where datname = current_database()";

    /** What another role's session does can be hidden from ours: state and kind are null then. */
    private static final String SESSIONS = "select case when state in ('active', 'idle', 'idle in transaction')"
            + " then state else 'other' end, count(*),"
            + " coalesce(extract(epoch from now() - min(xact_start) filter (where pid <> pg_backend_pid())), 0)::float8"
            + " from pg_stat_activity where datname = current_database()"
            + " and coalesce(backend_type, 'client backend') = 'client backend' group by 1";

    private final Vertx vertx;
    private final Pool pool;
    private final PostgresMetrics metrics;
    private long timer = -1;
    private boolean looking;
    private boolean failing;

    /** Registers the meters; asks nothing yet. */
    public PostgresWatch(Vertx vertx, String uri, MeterRegistry registry) {
        this.vertx = vertx;
        pool = PgPools.create(vertx, uri, "admin-watch", 1, "public");
        metrics = new PostgresMetrics(registry);
    }

    /** Begins to look. */
    public void start() {
        timer = vertx.setPeriodic(0, INTERVAL.toMillis(), tick -> look());
    }

    /** Ends. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return pool.close();
    }

    /** One reading; the future never fails. None begins while another is under way. */
    Future<Void> look() {
        if (looking) {
            return Future.succeededFuture();
        }
        looking = true;
        return read().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).transform(result -> {
            looking = false;
            if (result.succeeded()) {
                metrics.read(result.result());
                if (failing) {
                    LOG.info("PostgreSQL answers the watch again");
                }
            } else {
                metrics.unreachable();
                if (!failing) {
                    LOG.warn(
                            "PostgreSQL does not answer the watch, trying again every {} s: {}",
                            INTERVAL.toSeconds(),
                            result.cause().toString());
                }
            }
            failing = result.failed();
            return Future.succeededFuture();
        });
    }

    private Future<PostgresState> read() {
        return pool.withConnection(connection -> connection
                .query(DATABASE)
                .execute()
                .compose(database -> connection.query(SESSIONS).execute().map(sessions -> {
                    Row row = database.iterator().next();
                    Map<String, Long> connections = new LinkedHashMap<>();
                    STATES.forEach(state -> connections.put(state, 0L));
                    double oldest = 0;
                    for (Row session : sessions) {
                        connections.put(session.getString(0), session.getLong(1));
                        oldest = Math.max(oldest, session.getDouble(2));
                    }
                    return new PostgresState(
                            row.getLong(0),
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            connections,
                            oldest);
                })));
    }
}
