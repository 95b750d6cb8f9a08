package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.body.BodyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nobody refers to any more, after a grace period that is longer than the topics' retention: until then an
 * email's row is what keeps a repeated delivery out. A bounded number at a time.
 */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration GRACE = Duration.ofDays(8);
    private static final Duration RESULTS = Duration.ofDays(1);
    private static final long PERIOD_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int MOST = 5000;

    private final Vertx vertx;
    private final Pool pool;
    private final BodyStore bodies;
    private final Clock clock;
    private long timer;

    Collector(Vertx vertx, Pool pool, BodyStore bodies, Clock clock) {
        this.vertx = vertx;
        this.pool = pool;
        this.bodies = bodies;
        this.clock = clock;
    }

    void start() {
        timer = vertx.setPeriodic(
                PERIOD_MILLIS, tick -> collect().onFailure(cause -> LOG.warn("nothing collected", cause)));
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** One round. */
    Future<Void> collect() {
        OffsetDateTime before = EmailWriter.utc(clock.instant().minus(GRACE));
        return pool.preparedQuery("delete from command_result where at < $1")
                .execute(Tuple.of(EmailWriter.utc(clock.instant().minus(RESULTS))))
                .compose(done -> pool.preparedQuery("delete from email where id in (select e.id from email e"
                                + " where e.stored_at < $1 and not exists (select 1 from message m where m.email = e.id)"
                                + " limit $2)")
                        .execute(Tuple.of(before, MOST)))
                // The age is asked of the row itself too: a delivery that makes it young while this waits for it keeps
                // it.
                .compose(done -> pool.preparedQuery(
                                "delete from body where stored_at < $1 and hash in (select b.hash from body b"
                                        + " where b.stored_at < $1"
                                        + " and not exists (select 1 from email e where e.body_hash = b.hash) limit $2)"
                                        + " returning hash, size, bytes is null")
                        .execute(Tuple.of(before, MOST)))
                .compose(rows -> {
                    List<Future<Void>> deletions = new ArrayList<>();
                    for (Row row : rows) {
                        if (row.getBoolean(2)) {
                            String hash =
                                    HexFormat.of().formatHex(row.getBuffer(0).getBytes());
                            deletions.add(bodies.deleteOlder(new BodyRef(hash, row.getLong(1)), before.toInstant()));
                        }
                    }
                    return Future.join(deletions).mapEmpty();
                });
    }
}
