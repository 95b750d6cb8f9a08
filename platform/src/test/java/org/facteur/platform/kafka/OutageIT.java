package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.facteur.platform.kafka.KafkaFixture.await;
import static org.facteur.platform.kafka.KafkaFixture.quick;
import static org.facteur.platform.kafka.KafkaFixture.record;
import static org.facteur.platform.kafka.KafkaFixture.text;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Topic;
import org.junit.jupiter.api.Test;

class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final AtomicInteger counter = new AtomicInteger();

    @Test
    void whatWasAcknowledgedArrivesAlthoughKafkaWasAwayAndEverythingResumesByItself() throws IOException {
        try (KafkaFixture fixture = new KafkaFixture(3)) {
            RecordProducer producer = fixture.kafka.durableProducer("load");
            RecordProducer onward = fixture.kafka.durableProducer("onward");
            Stage relay = fixture.kafka.stage(
                    quick("relay", Topic.RECEIVED, 50), record -> onward.send(record(Topic.DELIVER, "", text(record))));
            Stage sink = fixture.kafka.batchStage(quick("sink", Topic.DELIVER, 100), records -> {
                records.forEach(record -> arrived.add(text(record)));
                return Future.succeededFuture();
            });
            await(relay.start());
            await(sink.start());
            Context context = fixture.vertx.getOrCreateContext();
            for (int i = 0; i < 20; i++) {
                context.runOnContext(nothing -> sendOnAndOn(producer, context));
            }
            await().atMost(PATIENCE).until(() -> arrived.size() > 500);
            fixture.broker.stop();
            await().atMost(Duration.ofSeconds(40)).until(() -> refused.get() > 0);
            nothingBlocks(fixture, producer, context);
            whatWaitsForATopicIsBounded(fixture.kafka.durableProducer("fresh"));
            int before = acknowledged.size();
            fixture.broker.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > before + 500);
            sending.set(false);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(arrived).containsAll(acknowledged));
        }
    }

    /** While the broker is away, sending 20 records takes the event loop no time, and all fail together. */
    private static void nothingBlocks(KafkaFixture fixture, RecordProducer producer, Context context) {
        List<Future<Void>> sends = new CopyOnWriteArrayList<>();
        Promise<Duration> taken = Promise.promise();
        context.runOnContext(nothing -> {
            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                sends.add(producer.send(record(Topic.RECEIVED, (String) null, "lost")));
            }
            taken.complete(Duration.ofNanos(System.nanoTime() - begin));
        });
        assertThat(KafkaFixture.await(taken.future())).isLessThan(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(30)).until(() -> sends.stream().allMatch(Future::isComplete));
        assertThat(sends).allMatch(Future::failed);
    }

    private static void whatWaitsForATopicIsBounded(RecordProducer fresh) {
        ProducerRecord<String, byte[]> large = new ProducerRecord<>(Topic.EVENTS.topicName(), new byte[1 << 20]);
        List<Future<Void>> sends =
                Stream.generate(() -> fresh.send(large)).limit(64).toList();
        assertThat(sends.get(63).failed()).isTrue();
        assertThat(sends.get(0).isComplete()).isFalse();
    }

    private void sendOnAndOn(RecordProducer producer, Context context) {
        if (!sending.get()) {
            return;
        }
        String name = "m" + counter.incrementAndGet();
        producer.send(record(Topic.RECEIVED, (String) null, name)).onComplete(sent -> {
            if (sent.succeeded()) {
                acknowledged.add(name);
            } else {
                refused.incrementAndGet();
            }
            context.runOnContext(nothing -> sendOnAndOn(producer, context));
        });
    }

    @Test
    void instancesThatComeAndGoLoseNothing() {
        try (KafkaFixture fixture = new KafkaFixture(6)) {
            RecordProducer producer = fixture.kafka.durableProducer("load");
            Context context = fixture.vertx.getOrCreateContext();
            await(stage(fixture.kafka, fixture).start());
            for (int i = 0; i < 20; i++) {
                context.runOnContext(nothing -> sendOnAndOn(producer, context));
            }
            await().atMost(PATIENCE).until(() -> arrived.size() > 200);
            KafkaConnection second = fixture.connect(6, Duration.ofSeconds(20));
            await(stage(second, fixture).start());
            KafkaConnection third = fixture.connect(6, Duration.ofSeconds(20));
            await(stage(third, fixture).start());
            int before = arrived.size();
            await().atMost(PATIENCE).until(() -> arrived.size() > before + 500);
            await(second.close());
            int after = arrived.size();
            await().atMost(PATIENCE).until(() -> arrived.size() > after + 500);
            sending.set(false);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrived).containsAll(acknowledged));
            await(third.close());
        }
    }

    private Stage stage(KafkaConnection kafka, KafkaFixture fixture) {
        return kafka.stage(
                quick("shared", Topic.RECEIVED, 20),
                record -> fixture.vertx.timer(1).map(fired -> {
                    arrived.add(text(record));
                    return null;
                }));
    }
}
