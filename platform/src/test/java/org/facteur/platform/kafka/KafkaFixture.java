package org.facteur.platform.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.Topic;
import org.facteur.platform.metrics.Health;

/** A broker of one's own with all topics, and connections to it. */
final class KafkaFixture implements AutoCloseable {
    final TestKafka broker = TestBackends.freshKafka();
    final Vertx vertx = Vertx.vertx();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Health health = new Health();
    final KafkaConnection kafka;

    KafkaFixture(int partitions) {
        kafka = connect(partitions, Duration.ofSeconds(20));
        await(kafka.createTopics());
    }

    /** Another process, as it were. */
    KafkaConnection connect(int partitions, Duration drain) {
        KafkaSettings settings = new KafkaSettings(
                broker.bootstrapServers(), partitions, 1, Duration.ofDays(7), Optional.empty(), drain);
        return new KafkaConnection(vertx, settings, meters, health);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }

    static ProducerRecord<String, byte[]> record(Topic topic, String key, String value) {
        return new ProducerRecord<>(topic.topicName(), key, value.getBytes(StandardCharsets.UTF_8));
    }

    static ProducerRecord<String, byte[]> record(Topic topic, int partition, String value) {
        return new ProducerRecord<>(topic.topicName(), partition, null, value.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    /** A stage's settings with short pauses. */
    static StageSettings quick(String name, Topic topic, int inFlight) {
        return new StageSettings(name, topic, inFlight, Duration.ofMillis(20), Duration.ofMillis(200));
    }

    @Override
    public void close() {
        await(kafka.close());
        await(vertx.close());
        broker.close();
    }
}
