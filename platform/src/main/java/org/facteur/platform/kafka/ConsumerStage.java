package org.facteur.platform.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage's thread: polls for its consumer group, hands what comes to one {@link Lane} per partition (one task on the context
 * per poll), pauses partitions whose lane is full or failing, and commits what the lanes have done, every
 * {@value #COMMIT_MILLIS} ms and whenever a partition goes away. Should the consumer itself break, it is made anew.
 */
final class ConsumerStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final long COMMIT_MILLIS = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);
    private static final Backoff REBUILD = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final KafkaSettings kafka;
    private final StageSettings settings;
    private final Context context;
    private final StageMeters meters;
    private final Lane.Plan plan;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Promise<Void> assigned = Promise.promise();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean stopping;
    private long nextCommit;

    /** {@code plan} makes the lanes' plan of the call by which a lane says that it has room again. */
    ConsumerStage(
            KafkaSettings kafka,
            StageSettings settings,
            Context context,
            StageMeters meters,
            Function<Runnable, Lane.Plan> plan) {
        this.kafka = kafka;
        this.settings = settings;
        this.context = context;
        this.meters = meters;
        this.plan = plan.apply(this::wake);
        thread = new Thread(this::run, "stage-" + settings.name());
    }

    @Override
    public Future<Void> start() {
        thread.start();
        return assigned.future();
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            return Future.succeededFuture();
        }
        wake();
        return Future.fromCompletionStage(ended, context);
    }

    /** Whether partitions have been assigned since the start. */
    boolean isAssigned() {
        return assigned.future().isComplete();
    }

    private void wake() {
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null && called.compareAndSet(false, true)) {
            current.wakeup();
        }
    }

    private void run() {
        int failures = 0;
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> made = Consumers.make(ClientProperties.stage(kafka, settings))) {
                called.set(false);
                consumer = made;
                made.subscribe(List.of(settings.topic().topicName()), new Assignment());
                while (!stopping) {
                    cycle();
                    failures = 0;
                }
                giveUp(List.copyOf(lanes.keySet()));
                made.close(CloseOptions.timeout(LAST_COMMIT));
            } catch (RuntimeException e) { // whatever it is, the stage must not end
                if (failures++ == 0) {
                    LOG.error("{}: the consumer broke and is made anew", settings.name(), e);
                }
                abandon(List.copyOf(lanes.keySet()));
                Consumers.sleep(REBUILD.millisAfter(failures));
            } finally {
                consumer = null;
            }
        }
        ended.complete(null);
    }

    private void cycle() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                hand(records);
            }
        } catch (WakeupException e) {
            called.set(false);
        }
        regulate();
        if (System.nanoTime() - nextCommit >= 0) {
            nextCommit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMMIT_MILLIS);
            commit();
            meters.lag(lag());
        }
    }

    private void hand(ConsumerRecords<String, byte[]> records) {
        Map<Lane, List<ConsumerRecord<String, byte[]>>> work = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            Lane lane = lanes.get(partition);
            List<ConsumerRecord<String, byte[]>> batch = records.records(partition);
            lane.admitted(batch);
            work.put(lane, batch);
        }
        context.runOnContext(nothing -> work.forEach(Lane::accept));
    }

    private void regulate() {
        List<TopicPartition> rest = new ArrayList<>();
        List<TopicPartition> go = new ArrayList<>();
        lanes.forEach((partition, lane) -> (lane.wantsRest() ? rest : go).add(partition));
        if (!rest.isEmpty()) {
            consumer.pause(rest);
        }
        if (rest.size() < lanes.size()) {
            consumer.resume(go);
        }
    }

    private long lag() {
        long lag = 0;
        for (Map.Entry<TopicPartition, Lane> entry : lanes.entrySet()) {
            lag += entry.getValue().load() + consumer.currentLag(entry.getKey()).orElse(0);
        }
        return lag;
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> due = due(lanes.keySet());
        if (!due.isEmpty()) {
            consumer.commitAsync(due, (offsets, failure) -> {
                if (failure == null) {
                    remember(offsets);
                } // otherwise the next round commits again
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long offset = lanes.get(partition).committable();
            if (offset > committed.getOrDefault(partition, -1L)) {
                due.put(partition, new OffsetAndMetadata(offset));
            }
        }
        return due;
    }

    private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) ->
                committed.computeIfPresent(partition, (same, before) -> Math.max(before, offset.offset())));
    }

    /** Lets the lanes finish what runs, within the time for it, and commits. */
    private void giveUp(Collection<TopicPartition> partitions) {
        List<TopicPartition> mine =
                partitions.stream().filter(lanes::containsKey).toList();
        await(CompletableFuture.allOf(
                mine.stream().map(partition -> lanes.get(partition).close()).toArray(CompletableFuture<?>[]::new)));
        commitNow(due(mine));
        abandon(mine);
    }

    /** Lets go of partitions at once; what still runs there commits nothing. */
    private void abandon(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.remove(partition);
            if (lane != null) {
                lane.close();
            }
            committed.remove(partition);
        }
    }

    private void await(CompletableFuture<Void> drained) {
        try {
            drained.get(kafka.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "{}: records are still under way after {}; they will be read again",
                    settings.name(),
                    kafka.drain());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> due) {
        if (due.isEmpty()) {
            return;
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                consumer.commitSync(due, LAST_COMMIT);
                return;
            } catch (WakeupException e) {
                called.set(false);
            } catch (KafkaException e) {
                LOG.warn("{}: the last commit failed, records will be read again: {}", settings.name(), e.toString());
                return;
            }
        }
    }

    /** What the group says about partitions; called on the polling thread, within poll. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                long position = Consumers.uninterrupted(called, () -> consumer.position(partition, LAST_COMMIT));
                lanes.put(partition, new Lane(plan, position));
                committed.put(partition, position);
            }
            assigned.tryComplete();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            giveUp(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            abandon(partitions);
        }
    }
}
