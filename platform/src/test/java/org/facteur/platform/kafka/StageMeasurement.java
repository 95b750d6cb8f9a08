package org.facteur.platform.kafka;

import static org.facteur.platform.kafka.KafkaFixture.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Topic;
import org.junit.jupiter.api.Test;

/**
 * What a hop costs; no test, so it runs only when named: {@code -Dit.test=StageMeasurement}. Broker, producer and stages share
 * the JVM, and every append of both topics is flushed to the disk.
 */
class StageMeasurement {
    private static final int SIZE = 4096;
    private final byte[] value = new byte[SIZE];
    private final Map<String, Promise<Void>> ends = new ConcurrentHashMap<>();
    private final AtomicInteger counter = new AtomicInteger();

    @Test
    void measure() throws Exception {
        new Random(1).nextBytes(value);
        for (int i = 0; i < SIZE; i++) {
            value[i] = (byte) ('a' + (value[i] & 15));
        }
        try (KafkaFixture fixture = new KafkaFixture(3)) {
            RecordProducer first = fixture.kafka.durableProducer("first");
            RecordProducer second = fixture.kafka.durableProducer("second");
            await(fixture.kafka
                    .stage(
                            new StageSettings("hop", Topic.RECEIVED, 100),
                            record -> second.send(
                                    new ProducerRecord<>(Topic.DELIVER.topicName(), record.key(), record.value())))
                    .start());
            await(fixture.kafka
                    .stage(new StageSettings("end", Topic.DELIVER, 100), record -> {
                        Promise<Void> end = ends.remove(record.key());
                        if (end != null) {
                            end.complete();
                        }
                        return Future.succeededFuture();
                    })
                    .start());
            Context context = fixture.vertx.getOrCreateContext();
            for (int inFlight : new int[] {1, 20, 100}) {
                run(context, first, inFlight, 3);
                run(context, first, inFlight, 8);
            }
        }
    }

    /** What a standalone's readers cost while nothing comes. */
    @Test
    void idle() throws Exception {
        try (KafkaFixture fixture = new KafkaFixture(3)) {
            Thread.sleep(8_000);
            double without = idleCpu();
            for (Topic topic : Topic.values()) {
                switch (topic.kind()) {
                    case MAIL ->
                        await(fixture.kafka
                                .stage(new StageSettings(topic.name(), topic, 100), record -> Future.succeededFuture())
                                .start());
                    case REPLIES -> await(fixture.kafka.replies(topic).ready());
                    case TABLE -> await(fixture.kafka.table(topic, Object.class).caughtUp());
                }
            }
            Thread.sleep(8_000);
            System.out.printf(
                    "idle: %.1f %% of a core without readers, %.1f %% with %d, threads %d%n",
                    without, idleCpu(), Topic.values().length, Thread.activeCount());
        }
    }

    private static double idleCpu() throws InterruptedException {
        double begin = cpuSeconds();
        Thread.sleep(10_000);
        return (cpuSeconds() - begin) * 10;
    }

    /** From the first send to the hand-over at the end: two durable sends and two hops. */
    private void run(Context context, RecordProducer producer, int inFlight, int seconds) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long[] micros = new long[1_000_000];
        AtomicInteger count = new AtomicInteger();
        double cpu = cpuSeconds();
        Promise<Void> over = Promise.promise();
        AtomicInteger running = new AtomicInteger(inFlight);
        for (int i = 0; i < inFlight; i++) {
            context.runOnContext(nothing -> next(producer, until, micros, count, running, over));
        }
        await(over.future());
        double used = cpuSeconds() - cpu;
        int n = count.get();
        Arrays.sort(micros, 0, n);
        System.out.printf(
                "in flight %d: %d/s, both hops p50 %.2f ms p95 %.2f ms, CPU %.3f ms a record%n",
                inFlight, n / seconds, micros[n / 2] / 1000.0, micros[n * 95 / 100] / 1000.0, used * 1000 / n);
    }

    private void next(
            RecordProducer producer,
            long until,
            long[] micros,
            AtomicInteger count,
            AtomicInteger running,
            Promise<Void> over) {
        long begin = System.nanoTime();
        if (begin >= until) {
            if (running.decrementAndGet() == 0) {
                over.complete();
            }
            return;
        }
        String key = "k" + counter.incrementAndGet();
        Promise<Void> end = Promise.promise();
        ends.put(key, end);
        Future<Void> sent = producer.send(new ProducerRecord<>(Topic.RECEIVED.topicName(), null, key, value));
        Future.all(sent, end.future()).onComplete(done -> {
            micros[count.getAndIncrement()] = (System.nanoTime() - begin) / 1000;
            next(producer, until, micros, count, running, over);
        });
    }

    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }
}
