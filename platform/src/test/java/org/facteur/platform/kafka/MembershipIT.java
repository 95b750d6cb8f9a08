package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.facteur.platform.kafka.KafkaFixture.await;
import static org.facteur.platform.kafka.KafkaFixture.quick;
import static org.facteur.platform.kafka.KafkaFixture.record;
import static org.facteur.platform.kafka.KafkaFixture.text;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.facteur.mail.record.Topic;
import org.facteur.platform.metrics.Health;
import org.junit.jupiter.api.Test;

/** How a process that is alone at its broker, and a producer without any broker, behave. */
class MembershipIT {
    private static KafkaSettings at(String bootstrap) {
        return new KafkaSettings(bootstrap, 3, 1, Duration.ofDays(7), Optional.empty(), Duration.ofSeconds(20));
    }

    @Test
    void aProcessThatIsAloneHasItsPartitionsBackAtOnceEvenAfterTheBrokerRestarted() throws Exception {
        try (KafkaFixture fixture = new KafkaFixture(3)) {
            KafkaSettings alone = at(fixture.broker.bootstrapServers()).alone();
            List<String> got = new CopyOnWriteArrayList<>();
            for (int life = 0; life < 2; life++) {
                KafkaConnection kafka = new KafkaConnection(fixture.vertx, alone, fixture.meters, new Health());
                long begin = System.nanoTime();
                await(kafka.stage(quick("alone", Topic.RECEIVED, 10), record -> {
                            got.add(text(record));
                            return Future.succeededFuture();
                        })
                        .start());
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                String name = "life " + life;
                await(fixture.kafka.durableProducer(name).send(record(Topic.RECEIVED, "", name)));
                await().untilAsserted(() -> assertThat(got).contains(name));
                await(kafka.close());
                fixture.broker.stop();
                fixture.broker.start();
            }
            assertThat(got).containsExactly("life 0", "life 1");
        }
    }

    @Test
    void aSendWithoutABrokerNeverBlocksItsCallerAndFailsInTime() {
        try (KafkaFixture fixture = new KafkaFixture(1)) {
            KafkaConnection nowhere =
                    new KafkaConnection(fixture.vertx, at("127.0.0.1:1"), fixture.meters, new Health());
            RecordProducer producer = nowhere.durableProducer("nowhere");
            long begin = System.nanoTime();
            Future<Void> sent = producer.send(record(Topic.RECEIVED, "", "x"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
            await().atMost(20, TimeUnit.SECONDS).until(sent::isComplete);
            assertThat(sent.failed()).isTrue();
            await(nowhere.close());
        }
    }
}
