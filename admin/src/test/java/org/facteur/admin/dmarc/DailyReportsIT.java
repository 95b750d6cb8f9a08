package org.facteur.admin.dmarc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.ManualClock;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.RecordingProducer;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Observations in by a real broker, summed up in a real database, until the day rolls. */
class DailyReportsIT {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TestKafka broker = TestBackends.freshKafka();
    private final Database database = TestBackends.freshDatabase();
    private final ManualClock clock = new ManualClock();
    private final FakeDns dns = new FakeDns();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecordingProducer sent = new RecordingProducer();
    private KafkaConnection kafka;
    private Pool pool;
    private DailyReports reports;

    @BeforeEach
    void start() throws Exception {
        Path data = Files.createTempDirectory("facteur-dmarc");
        Environment environment = Environment.of(Map.of(
                "FACTEUR_HOSTNAME", "mail.here.test",
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_KAFKA", broker.bootstrapServers(),
                "FACTEUR_POSTGRES", database.uri()));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(vertx, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        await(kafka.createTopics());
        RecordProducer producer = kafka.durableProducer("test");
        await(producer.send(new ProducerRecord<>(
                Topic.DOMAINS.topicName(), "here.test", Json.bytes(new DomainEntry("here.test", NOON)))));
        await(Migrations.run(vertx, database.uri(), "admin", "org/facteur/admin/migrations"));
        pool = PgPools.create(vertx, database.uri(), "test", 3, "admin");
        reports = new DailyReports(
                new ServiceContext(
                        vertx,
                        environment,
                        common,
                        kafka,
                        new DirectoryBodyStore(vertx, data),
                        dns,
                        meters,
                        health,
                        clock),
                "test",
                pool,
                sent);
        await(reports.start());
        observe(NOON, "192.0.2.1", true, Seen.policy("there.test", "mailto:old@there.test"));
        observe(
                NOON.plusSeconds(1),
                "192.0.2.1",
                true,
                Seen.policy("there.test", "mailto:rua@there.test!1k", "mailto:x"));
        observe(NOON.plusSeconds(2), "192.0.2.1", true, Seen.policy("there.test", "mailto:rua@there.test"));
        observe(NOON.plusSeconds(3), "192.0.2.9", false, Seen.policy("there.test", "mailto:rua@there.test"));
        observe(NOON, "192.0.2.1", true, Seen.policy("external.test", "mailto:rua@victim.test"));
        observe(NOON, "192.0.2.1", true, Seen.policy("large.test", "mailto:rua@large.test!1"));
        observe(NOON, "192.0.2.1", true, Seen.policy("quiet.test"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> count("select coalesce(sum(messages), 0) from dmarc_observed") == 6);
    }

    @AfterEach
    void stop() {
        await(reports.stop());
        await(kafka.close());
        await(pool.close());
        await(vertx.close());
        broker.close();
    }

    @Test
    void theDaysReportLeavesOnce() throws Exception {
        clock.advance(Duration.ofHours(23));
        assertThat(await(reports.sendDue())).as("the day is not over").isZero();
        clock.advance(Duration.ofHours(6));
        sent.fail(new IllegalStateException("Kafka is away"));
        assertThat(await(reports.sendDue())).isZero();
        assertThat(sentReports("failed")).isEqualTo(1);
        sent.recover();
        assertThat(await(reports.sendDue())).isEqualTo(1);
        assertThat(await(reports.sendDue())).isZero();
        observe(NOON.plusSeconds(9), "192.0.2.1", true, Seen.policy("there.test", "mailto:rua@there.test"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> count("select count(*) from dmarc_observed") == 1);
        assertThat(await(reports.sendDue())).as("too late for its report").isZero();
        assertThat(count("select count(*) from dmarc_observed")).isZero();
        assertThat(sentReports("sent")).isEqualTo(1);
        assertThat(sentReports("nowhere")).as("unconfirmed, too large").isEqualTo(2);
        assertThat(count("select count(*) from dmarc_sent")).isEqualTo(3);

        assertThat(sent.sent()).hasSize(1);
        MailRecord<Submitted> mail =
                MailRecord.from(consumed(sent.sent(Topic.SUBMITTED).get(0)), Submitted.class);
        assertThat(mail.envelope().origin()).isEqualTo(Submitted.Origin.SYSTEM);
        assertThat(mail.envelope().reversePath()).isEqualTo("postmaster@here.test");
        assertThat(mail.envelope().recipients())
                .containsExactly(new Recipient("rua@there.test", "rua@there.test", false));
        String xml = report(((Body.Inline) mail.body()).bytes());
        assertThat(xml)
                .contains("<report_id>" + mail.envelope().id() + "</report_id>")
                .contains("<begin>1767225600</begin><end>1767311999</end>")
                .containsOnlyOnce("<source_ip>192.0.2.1</source_ip><count>3</count>")
                .containsOnlyOnce("<source_ip>192.0.2.9</source_ip><count>1</count>");
    }

    private double sentReports(String outcome) {
        return meters.counter("facteur_dmarc_reports_sent_total", "outcome", outcome)
                .count();
    }

    private void observe(Instant at, String client, boolean passes, AuthObservation.Published policy) {
        RecordProducer producer = kafka.durableProducer("observer");
        await(producer.send(new ProducerRecord<>(
                Topic.OBSERVATIONS.topicName(),
                policy.domain(),
                Json.bytes(Seen.message(at, client, passes, policy)))));
        await(producer.close());
    }

    private long count(String sql) {
        return await(pool.query(sql)
                        .execute()
                        .map(rows -> rows.iterator().next().getNumeric(0)))
                .longValue();
    }

    private static String report(byte[] message) throws Exception {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
        BodyPart file = ((MimeMultipart) mail.getContent()).getBodyPart(1);
        assertThat(file.getFileName()).startsWith("mail.here.test!there.test!").endsWith(".xml.gz");
        try (GZIPInputStream in = new GZIPInputStream(file.getInputStream())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
        ConsumerRecord<String, byte[]> read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        return read;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
