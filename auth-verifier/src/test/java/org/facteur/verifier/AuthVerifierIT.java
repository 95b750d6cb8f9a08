package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.service.ServiceContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verticle on a real broker with a fake DNS: what goes in on mail.received, and what comes out. */
class AuthVerifierIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final List<ConsumerRecord<String, byte[]>> DELIVERED = new CopyOnWriteArrayList<>();
    private static final List<ConsumerRecord<String, byte[]>> DEAD = new CopyOnWriteArrayList<>();

    @TempDir
    static Path directory;

    private static TestKafka broker;
    private static KafkaConnection kafka;
    private static RecordProducer producer;
    private static Replies replies;

    @BeforeAll
    static void start() {
        broker = TestBackends.freshKafka();
        Environment environment = Environment.of(
                Map.of("FACTEUR_HOSTNAME", "mx.example.com", "FACTEUR_KAFKA", broker.bootstrapServers()));
        CommonSettings common = CommonSettings.from(environment);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Health health = new Health();
        kafka = new KafkaConnection(VERTX, KafkaSettings.of(common), meters, health);
        complete(kafka.createTopics());
        ServiceContext services = new ServiceContext(
                VERTX,
                environment,
                common,
                kafka,
                new DirectoryBodyStore(VERTX, directory),
                Messages.dns(),
                meters,
                health,
                Clock.systemUTC());
        complete(VERTX.deployVerticle(new AuthVerifier(services)));
        producer = kafka.durableProducer("test");
        replies = kafka.replies(Topic.VERDICTS);
        complete(replies.ready());
        collect(Topic.DELIVER, DELIVERED);
        collect(Topic.DEAD, DEAD);
    }

    @AfterAll
    static void stop() {
        complete(kafka.close());
        complete(VERTX.close());
        broker.close();
    }

    @Test
    void authenticMailIsAcceptedAndDelivered() {
        assertThat(verdictOn("ok1", Messages.CLIENT, Messages.signed(Messages.message())))
                .isEqualTo(Verdict.accept("ok1"));
        MailRecord<Deliver> deliver = delivered("ok1");
        assertThat(deliver.envelope().disposition()).isEqualTo(Deliver.Disposition.INBOX);
        assertThat(deliver.envelope().prepend()).contains("dmarc=pass");
    }

    @Test
    void forgedMailIsRefusedAndGoesNowhere() {
        Verdict verdict = verdictOn("bad1", Messages.STRANGER, Messages.message());
        assertThat(verdict.enhanced()).isEqualTo("5.7.26");
        assertThat(verdictOn("after1", Messages.CLIENT, Messages.message()).decision())
                .isEqualTo(Verdict.Decision.ACCEPT);
        delivered("after1");
        assertThat(DELIVERED).noneMatch(record -> record.key().equals("bad1"));
    }

    @Test
    void manyAtOnceAllArrive() {
        String message = Messages.signed(Messages.message());
        List<Future<Void>> sent = IntStream.range(0, 300)
                .mapToObj(i -> send("many" + i, Messages.CLIENT, message, replies.address()))
                .toList();
        complete(Future.all(sent));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DELIVERED.stream()
                                .map(ConsumerRecord::key)
                                .filter(id -> id.startsWith("many"))
                                .distinct()
                                .count()
                        == 300);
    }

    @Test
    void brokenRecordsGoToDead() {
        complete(producer.send(new ProducerRecord<>(Topic.RECEIVED.topicName(), "no envelope".getBytes(UTF_8))));
        await().atMost(Duration.ofSeconds(30)).until(() -> !DEAD.isEmpty());
    }

    private static Verdict verdictOn(String id, String client, String message) {
        ReplyAddress address = replies.address();
        Future<byte[]> reply = replies.expect(address, Duration.ofSeconds(30));
        complete(send(id, client, message, address));
        return Json.read(complete(reply), Verdict.class);
    }

    private static Future<Void> send(String id, String client, String message, ReplyAddress address) {
        Received received =
                Messages.received(id, client, Instant.now().plusSeconds(20), address.text(), Messages.local());
        Body body = new Body.Inline(message.getBytes(UTF_8));
        return producer.send(new MailRecord<>(received, body).to(Topic.RECEIVED, null));
    }

    private static MailRecord<Deliver> delivered(String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DELIVERED.stream().anyMatch(record -> record.key().equals(id)));
        return DELIVERED.stream()
                .filter(record -> record.key().equals(id))
                .findFirst()
                .map(record -> MailRecord.from(record, Deliver.class))
                .orElseThrow();
    }

    private static void collect(Topic topic, List<ConsumerRecord<String, byte[]>> into) {
        complete(kafka.stage(new StageSettings("test-" + topic, topic, 1000), record -> {
                    into.add(record);
                    return Future.succeededFuture();
                })
                .start());
    }

    private static <T> T complete(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
