package org.facteur.platform.kafka;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of a stage on one partition while it is assigned. Records go to the handler in runs: a Stage has many runs of one
 * record under way, a BatchStage one run of many records.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Everything but {@link #load}, {@link #wantsRest}, {@link #committable} and {@link #admitted} happens on the stage's
 *       context; those four are for the polling thread.
 *   <li>A run leaves the lane only when its handler has succeeded or mail.dead has acknowledged its record. A lane that is
 *       closed leaves runs behind, uncommitted: whoever has the partition next gets them again.
 *   <li>While a run has failed and has not succeeded since, no new run begins.
 * </ul>
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private final Plan plan;
    private final OffsetTracker offsets;
    private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int running;
    private int pausing;
    private boolean pumping;
    private boolean closed;

    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();
    private volatile int failing;
    private volatile long committable;
    private volatile boolean resting;

    /**
     * What all lanes of a stage share.
     *
     * @param runs under way at once at most
     * @param runLength records of a run at most
     * @param outage what fails now; a person hears of its beginning and its end, not of every record that meets it
     * @param roomAgain called when a lane that rests wants records again
     */
    record Plan(
            StageSettings settings,
            Vertx vertx,
            Context context,
            Function<List<ConsumerRecord<String, byte[]>>, Future<Void>> handler,
            int runs,
            int runLength,
            DeadLetters deadLetters,
            StageMeters meters,
            Outage outage,
            Runnable roomAgain) {
        private static final int LEAST_RECORDS = 1_000;
        private static final long MOST_OCTETS = 4 << 20;

        Backoff backoff() {
            return new Backoff(settings.retryFirst(), settings.retryMost());
        }

        int mostRecords() {
            return Math.max(LEAST_RECORDS, 4 * settings.inFlight());
        }

        boolean isFull(int records, long octets) {
            return records >= mostRecords() || octets >= MOST_OCTETS;
        }

        boolean hasRoom(int records, long octets) {
            return records <= mostRecords() / 2 && octets <= MOST_OCTETS / 2;
        }
    }

    /** How many runs of a stage have failed and not succeeded since. */
    static final class Outage {
        private int failing;
    }

    /** Records that are handled together, and what follows when they are. */
    private static final class Run {
        private final List<ConsumerRecord<String, byte[]>> records;
        private final Runnable whenDone;
        private final long began = System.nanoTime();
        private int failures;
        private boolean retried;

        private Run(List<ConsumerRecord<String, byte[]>> records, Runnable whenDone) {
            this.records = records;
            this.whenDone = whenDone;
        }

        private ConsumerRecord<String, byte[]> first() {
            return records.get(0);
        }
    }

    Lane(Plan plan, long position) {
        this.plan = plan;
        offsets = new OffsetTracker(position);
        committable = position;
    }

    // ---- the polling thread's side

    /** Takes records into account before they are handed over. */
    void admitted(List<ConsumerRecord<String, byte[]>> batch) {
        records.addAndGet(batch.size());
        octets.addAndGet(size(batch));
    }

    /** Records that are in the lane. */
    int load() {
        return records.get();
    }

    /** The offset up to which everything is done. */
    long committable() {
        return committable;
    }

    /** Whether the partition should be paused now; called with whether it is, so that the end of the rest is announced. */
    boolean wantsRest() {
        boolean rest = resting ? !hasRoom() : failing > 0 || plan.isFull(records.get(), octets.get());
        if (rest && !resting) {
            resting = true;
            rest = !hasRoom(); // what ended before resting was set called nobody
        }
        resting = rest;
        return rest;
    }

    private boolean hasRoom() {
        return failing == 0 && plan.hasRoom(records.get(), octets.get());
    }

    // ---- the context's side

    /** Takes records; their runs begin as soon as there is room. */
    void accept(List<ConsumerRecord<String, byte[]>> batch) {
        waiting.addAll(batch);
        pump();
    }

    /** Begins nothing any more; completes when nothing runs. */
    CompletableFuture<Void> close() {
        plan.context.runOnContext(nothing -> {
            closed = true;
            waiting.clear();
            checkDrained();
        });
        return drained;
    }

    private void pump() {
        if (pumping) {
            return; // a handler that is done at once: the loop below goes on
        }
        pumping = true;
        try {
            while (!closed && failing == 0 && running < plan.runs && !waiting.isEmpty()) {
                running++;
                begin(next());
            }
        } finally {
            pumping = false;
        }
    }

    private Run next() {
        int length = Math.min(plan.runLength, waiting.size());
        List<ConsumerRecord<String, byte[]>> run;
        if (length == 1) {
            run = List.of(waiting.poll());
        } else {
            run = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                run.add(waiting.poll());
            }
        }
        OffsetTracker.Slot slot = offsets.add(run.get(length - 1).offset());
        return new Run(run, () -> left(run, slot));
    }

    private void left(List<ConsumerRecord<String, byte[]>> run, OffsetTracker.Slot slot) {
        offsets.done(slot);
        committable = offsets.committable();
        running--;
        records.addAndGet(-run.size());
        octets.addAndGet(-size(run));
        checkDrained();
        pump();
        if (resting && hasRoom()) {
            plan.roomAgain.run();
        }
    }

    private void begin(Run run) {
        Future<Void> end;
        try {
            end = Objects.requireNonNull(plan.handler.apply(run.records), "the handler gave no future");
        } catch (Exception | StackOverflowError e) {
            end = Future.failedFuture(e);
        }
        end.onComplete(result -> onContext(() -> ended(run, result)));
    }

    private void ended(Run run, AsyncResult<Void> result) {
        if (result.succeeded()) {
            plan.meters.done(run.records.size(), System.nanoTime() - run.began);
            done(run);
            return;
        }
        Throwable cause = result.cause();
        if (run.failures++ == 0) {
            failing++;
        }
        if (!FailurePolicy.isPermanent(cause, run.failures)) {
            beginOutage(run, cause);
            again(run, () -> begin(run));
        } else if (run.records.size() == 1) {
            log("goes to mail.dead", run, cause);
            bury(run, cause);
        } else {
            oneByOne(run, run.records.iterator());
        }
    }

    /** A batch that can never succeed as a whole: each of its records by itself, in order. */
    private void oneByOne(Run run, Iterator<ConsumerRecord<String, byte[]>> rest) {
        if (closed || !rest.hasNext()) {
            if (!rest.hasNext()) {
                done(run);
            } else {
                running--;
                checkDrained();
            }
            return;
        }
        begin(new Run(List.of(rest.next()), () -> oneByOne(run, rest)));
    }

    private void bury(Run run, Throwable cause) {
        plan.deadLetters
                .add(plan.settings.name(), run.first(), cause)
                .onComplete(result -> onContext(() -> {
                    if (result.succeeded()) {
                        plan.meters.dead();
                        done(run);
                    } else {
                        run.failures++;
                        again(run, () -> bury(run, cause));
                    }
                }));
    }

    private void again(Run run, Runnable attempt) {
        plan.meters.retried(run.records.size());
        pausing++;
        checkDrained();
        plan.vertx.setTimer(plan.backoff().millisAfter(run.failures), timer -> {
            if (closed) {
                endOutage(run);
            } else {
                pausing--;
                attempt.run();
            }
        });
    }

    private void done(Run run) {
        if (run.failures > 0) {
            failing--;
        }
        endOutage(run);
        run.whenDone.run();
    }

    private void beginOutage(Run run, Throwable cause) {
        if (!run.retried && plan.outage.failing++ == 0) {
            log("fails and is tried again until it succeeds", run, cause);
        }
        run.retried = true;
    }

    private void endOutage(Run run) {
        if (run.retried && --plan.outage.failing == 0) {
            LOG.info("{}: records succeed again", plan.settings.name());
        }
    }

    private void checkDrained() {
        if (closed && running == pausing) {
            drained.complete(null);
        }
    }

    private void onContext(Runnable action) {
        if (Vertx.currentContext() == plan.context) {
            action.run();
        } else {
            plan.context.runOnContext(nothing -> action.run());
        }
    }

    private void log(String what, Run run, Throwable cause) {
        ConsumerRecord<String, byte[]> record = run.first();
        LOG.warn(
                "{}: {}-{} offset {} ({} records) {}",
                plan.settings.name(),
                record.topic(),
                record.partition(),
                record.offset(),
                run.records.size(),
                what,
                cause);
    }

    private static long size(List<ConsumerRecord<String, byte[]>> batch) {
        long size = 0;
        for (ConsumerRecord<String, byte[]> record : batch) {
            size += Math.max(0, record.serializedValueSize());
        }
        return size;
    }
}
