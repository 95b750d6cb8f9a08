package org.facteur.admin.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.Topic;
import org.facteur.platform.ManualClock;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.service.ServiceContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of Kafka against a broker of its own. */
class KafkaWatchIT {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path data;

    private TestKafka broker;
    private KafkaConnection kafka;
    private KafkaWatch watch;
    private Admin admin;
    private Consumer<String, byte[]> consumer;

    @BeforeEach
    void start() {
        broker = TestBackends.freshKafka();
        Environment environment =
                Environment.of(Map.of("FACTEUR_DATA", data.toString(), "FACTEUR_KAFKA", broker.bootstrapServers()));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(vertx, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        done(kafka.createTopics());
        watch = new KafkaWatch(
                new ServiceContext(vertx, environment, common, kafka, null, null, registry, health, clock));
        admin = kafka.adminClient("test");
        consumer = kafka.glancingConsumer("test");
    }

    @AfterEach
    void stop() {
        admin.close(Duration.ZERO);
        consumer.close();
        done(watch.stop());
        done(kafka.close());
        done(vertx.close());
        broker.close();
    }

    @Test
    void whatWaitsIsToldWhetherOrNotAStageRuns() throws Exception {
        watch.look(admin, consumer);
        for (WatchedStage stage : WatchedStage.ALL) {
            assertThat(backlog("facteur_backlog_records", stage.name())).isZero();
            assertThat(backlog("facteur_backlog_oldest_seconds", stage.name())).isZero();
        }
        assertThat(value("facteur_kafka_brokers")).isEqualTo(1);
        assertThat(value("facteur_kafka_under_replicated_partitions")).isZero();
        assertThat(value("facteur_kafka_offline_partitions")).isZero();

        // no consumer: the records wait
        RecordProducer producer = kafka.durableProducer("test");
        for (int i = 0; i < 5; i++) {
            long time = clock.instant().minusSeconds(100 - i).toEpochMilli();
            done(producer.send(new ProducerRecord<>(
                    Topic.RECEIVED.topicName(), i % 3, time, null, ("message " + i).getBytes(UTF_8))));
        }
        watch.look(admin, consumer);
        assertThat(backlog("facteur_backlog_records", "auth-verifier")).isEqualTo(5);
        assertThat(backlog("facteur_backlog_oldest_seconds", "auth-verifier")).isEqualTo(100);
        assertThat(backlog("facteur_backlog_records", "dkim-signer")).isZero();
        assertThat(registry.get("facteur_kafka_log_octets")
                        .tag("topic", "mail.received")
                        .gauge()
                        .value())
                .isPositive();

        // a consumer that is stuck with the two records of one partition has done the others
        Promise<Void> stuck = Promise.promise();
        Stage stage = kafka.stage(
                new StageSettings("auth-verifier", Topic.RECEIVED, 10),
                record -> record.partition() == 1 ? stuck.future() : Future.succeededFuture());
        done(stage.start());
        await().until(() -> {
            watch.look(admin, consumer);
            return backlog("facteur_backlog_records", "auth-verifier") == 2;
        });
        clock.advance(Duration.ofSeconds(10));
        watch.look(admin, consumer);
        assertThat(backlog("facteur_backlog_oldest_seconds", "auth-verifier")).isEqualTo(109);

        stuck.complete();
        await().until(() -> {
            watch.look(admin, consumer);
            return backlog("facteur_backlog_records", "auth-verifier") == 0;
        });
        assertThat(backlog("facteur_backlog_oldest_seconds", "auth-verifier")).isZero();
        done(stage.stop());
    }

    @Test
    void whenKafkaIsGoneNothingOldIsTold() throws Exception {
        assertThat(watch.look(admin, consumer)).isTrue();
        try (Admin cutOff = Admin.create(
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 300, "request.timeout.ms", 300))) {
            assertThat(watch.look(cutOff, consumer)).isFalse();
        }
        assertThat(value("facteur_kafka_brokers")).isZero();
        assertThat(value("facteur_kafka_offline_partitions")).isNaN();
        for (String name : List.of("facteur_backlog_records", "facteur_backlog_oldest_seconds")) {
            assertThat(registry.find(name).gauges()).isEmpty();
        }
        assertThat(watch.look(admin, consumer)).isTrue();
        assertThat(value("facteur_kafka_brokers")).isEqualTo(1);
    }

    @Test
    void looksByItselfUntilItIsStopped() {
        watch.start();
        await().until(() -> value("facteur_kafka_brokers") == 1
                && !registry.find("facteur_backlog_records").gauges().isEmpty());
        done(watch.stop());
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private double backlog(String name, String stage) {
        return registry.get(name).tag("stage", stage).gauge().value();
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
