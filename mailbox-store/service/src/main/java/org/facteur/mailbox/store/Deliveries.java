package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Writes deliveries by group commit: while one transaction runs, what arrives gathers, and the next transaction takes all of
 * it, from whichever partition it came. So the batches are as large as the load makes them, and an instance never waits for
 * its own locks. On one Vert.x context.
 */
final class Deliveries {
    static final int MOST_IN_A_TRANSACTION = 400;
    private static final long MOST_OCTETS = 32L << 20;

    private final Pool pool;
    private final EmailIds ids;
    private final Clock clock;
    private final StoreMetrics metrics;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean running;

    Deliveries(Pool pool, EmailIds ids, Clock clock, StoreMetrics metrics) {
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** {@code alone} keeps a batch out of company: one before it in a group had data that the database refuses. */
    private record Waiting(List<NewEmail> emails, boolean alone, Promise<List<EmailWriter.Written>> done) {
        long octets() {
            return emails.stream().mapToLong(email -> email.message().size()).sum();
        }
    }

    /**
     * Writes messages, at most {@link #MOST_IN_A_TRANSACTION}; what an account has already by the delivery's id is left out of
     * the result. The future completes when the transaction is committed.
     */
    Future<List<EmailWriter.Written>> add(List<NewEmail> emails) {
        if (emails.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Promise<List<EmailWriter.Written>> done = Promise.promise();
        waiting.add(new Waiting(emails, false, done));
        next();
        return done.future();
    }

    private void next() {
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        List<Waiting> group = take();
        List<NewEmail> emails = new ArrayList<>();
        group.forEach(one -> emails.addAll(one.emails()));
        long begin = System.nanoTime();
        ids.take(emails.size())
                .compose(first -> pool.withTransaction(
                        connection -> EmailWriter.write(connection, emails, first, clock.instant())))
                .onComplete(result -> {
                    running = false;
                    metrics.batch(emails.size(), System.nanoTime() - begin);
                    if (result.failed() && group.size() > 1 && RefusedData.is(result.cause())) {
                        // One of them is to blame: each goes again without the others.
                        group.forEach(one -> waiting.add(new Waiting(one.emails(), true, one.done())));
                        next();
                        return;
                    }
                    if (result.succeeded()) {
                        metrics.written(result.result());
                    }
                    // The next transaction begins before this one's senders are told: the database is never idle.
                    next();
                    group.forEach(one -> one.done().handle(result.map(all -> ofGroup(all, one))));
                });
    }

    private List<Waiting> take() {
        List<Waiting> group = new ArrayList<>();
        int messages = 0;
        long octets = 0;
        while (!waiting.isEmpty()) {
            Waiting first = waiting.get(0);
            messages += first.emails().size();
            octets += first.octets();
            if (!group.isEmpty()
                    && (first.alone()
                            || group.get(0).alone()
                            || messages > MOST_IN_A_TRANSACTION
                            || octets > MOST_OCTETS)) {
                break;
            }
            group.add(waiting.remove(0));
        }
        return group;
    }

    private static List<EmailWriter.Written> ofGroup(List<EmailWriter.Written> all, Waiting one) {
        Set<NewEmail> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(one.emails());
        return all.stream().filter(written -> own.contains(written.source())).toList();
    }
}
