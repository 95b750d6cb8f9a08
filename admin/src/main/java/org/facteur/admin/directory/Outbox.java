package org.facteur.admin.directory;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries outbox rows to the topics in their order, and deletes each only when Kafka has acknowledged it: a crash between
 * the two repeats a record, which a compacted topic does not mind. The rows are locked while they are carried, so two
 * instances take turns.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Pool pool;
    private final RecordProducer producer;
    private boolean running;
    private boolean again;
    private boolean failing;
    private long timer;

    /** Carries rows of the pool's outbox table to the producer. */
    public Outbox(Vertx vertx, Pool pool, RecordProducer producer) {
        this.vertx = vertx;
        this.pool = pool;
        this.producer = producer;
    }

    /** Begins to look for rows, now and every second: another instance may have written some. */
    public void start() {
        timer = vertx.setPeriodic(0, PAUSE.toMillis(), tick -> wake());
    }

    /** Stops looking. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** There may be rows: call after a change, on the context that called {@link #start}. */
    public void wake() {
        if (running) {
            again = true;
            return;
        }
        running = true;
        again = false;
        pool.withTransaction(this::carry)
                .onSuccess(carried -> {
                    failing = false;
                    again |= carried == BATCH;
                })
                .onFailure(this::failed)
                .onComplete(done -> {
                    running = false;
                    if (again && done.succeeded()) {
                        wake();
                    }
                });
    }

    private Future<Integer> carry(SqlConnection connection) {
        return connection
                .preparedQuery("select seq, topic, key, value from outbox order by seq limit $1 for update")
                .execute(Tuple.of(BATCH))
                .compose(rows -> {
                    List<Future<Void>> sends = new ArrayList<>();
                    List<Long> carried = new ArrayList<>();
                    for (Row row : rows) {
                        Buffer value = row.getBuffer(3);
                        sends.add(producer.send(new ProducerRecord<>(
                                row.getString(1), row.getString(2), value == null ? null : value.getBytes())));
                        carried.add(row.getLong(0));
                    }
                    return sends.isEmpty()
                            ? Future.succeededFuture(0)
                            : Future.all(sends)
                                    .compose(sent -> connection
                                            .preparedQuery("delete from outbox where seq = any($1)")
                                            .execute(Tuple.of(carried.toArray(Long[]::new))))
                                    .map(sends.size());
                });
    }

    private void failed(Throwable cause) {
        if (!failing) {
            LOG.warn("directory changes wait in the outbox, trying again every second: {}", cause.toString());
        }
        failing = true;
    }
}
