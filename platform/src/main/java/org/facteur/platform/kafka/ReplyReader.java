package org.facteur.platform.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;

/** {@link Replies} over one random partition of a reply topic. At most {@value #MOST} requests wait at a time. */
final class ReplyReader implements Replies, Follower.Reader {
    private static final int MOST = 100_000;
    private static final long SWEEP_MILLIS = 100;

    private final Vertx vertx;
    private final Context context;
    private final Completions completions;
    private final Follower follower;
    private final String prefix = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36) + "-";
    private final AtomicLong counter = new AtomicLong();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Promise<Void> ready = Promise.promise();
    private volatile int partition = -1;

    private record Waiting(Completions.Waiter<byte[]> waiter, long deadline) {}

    ReplyReader(KafkaSettings settings, Vertx vertx, Completions completions, Topic topic) {
        this.vertx = vertx;
        context = vertx.getOrCreateContext();
        this.completions = completions;
        follower = new Follower(settings, topic, "replies", Follower.From.END, this::choose, this);
        follower.start();
    }

    private List<Integer> choose(int partitions) {
        return List.of(ThreadLocalRandom.current().nextInt(partitions));
    }

    @Override
    public Future<Void> ready() {
        return ready.future();
    }

    @Override
    public ReplyAddress address() {
        if (partition < 0) {
            throw new IllegalStateException("the reply topic is not read yet: wait for ready()");
        }
        return new ReplyAddress(partition, prefix + Long.toString(counter.getAndIncrement(), 36));
    }

    @Override
    public Future<byte[]> expect(ReplyAddress address, Duration timeout) {
        if (waiting.size() >= MOST) {
            return Future.failedFuture(new IllegalStateException(MOST + " requests wait for replies already"));
        }
        Completions.Waiter<byte[]> waiter = completions.waiter();
        waiting.put(address.requestId(), new Waiting(waiter, System.nanoTime() + timeout.toNanos()));
        sweepLater();
        return waiter.promise().future();
    }

    @Override
    public Future<Void> close() {
        return Future.fromCompletionStage(follower.stop(), context);
    }

    @Override
    public void positioned(Map<TopicPartition, Long> ends) {
        partition = ends.keySet().iterator().next().partition();
        ready.tryComplete();
    }

    @Override
    public void read(ConsumerRecords<String, byte[]> records, Map<TopicPartition, Long> positions) {
        records.forEach(record -> {
            Waiting asked = record.key() == null ? null : waiting.remove(record.key());
            if (asked != null) {
                asked.waiter.complete(record.value());
            }
        });
    }

    private void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            context.runOnContext(nothing -> vertx.setTimer(SWEEP_MILLIS, timer -> sweep()));
        }
    }

    private void sweep() {
        sweeping.set(false);
        long now = System.nanoTime();
        waiting.forEach((id, asked) -> {
            if (now - asked.deadline >= 0 && waiting.remove(id, asked)) {
                asked.waiter.fail(new TimeoutException("no reply in time to " + id));
            }
        });
        if (!waiting.isEmpty()) {
            sweepLater();
        }
    }
}
