package org.facteur.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.arc.ArcCheck;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimVerifier;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.DkimKeyEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.security.Seal;
import org.facteur.platform.service.ServiceContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys for new domains, and signatures that a receiver can check with what is published. */
class DkimSigningServiceIT {
    private static final String MESSAGE =
            "From: Alice <alice@here.test>\r\nTo: b@there.test\r\nSubject: hi\r\n\r\nhello  there \r\n\r\n\r\n";
    private static final String PREPENDED = "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@here.test>\r\n";

    private static final String RESULTS = "Authentication-Results: mail.here.test;\r\n\tspf=pass\r\nReceived: x\r\n";

    private static final Vertx VERTX = Vertx.vertx();
    private static final TestKafka BROKER = TestBackends.freshKafka();
    private static final List<MailRecord<Deliver>> DELIVER = new CopyOnWriteArrayList<>();
    private static final List<MailRecord<Outbound>> OUTBOUND = new CopyOnWriteArrayList<>();
    private static KafkaConnection kafka;
    private static BodyStore bodies;
    private static RecordProducer producer;
    private static TableView<DkimKeyEntry> keys;
    private static String deployment;

    @BeforeAll
    static void start() throws Exception {
        Path data = Files.createTempDirectory("facteur-signer");
        Environment environment = Environment.of(Map.of(
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_KAFKA", BROKER.bootstrapServers(),
                "FACTEUR_MASTER_KEY", Seal.newKey()));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(VERTX, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        bodies = new DirectoryBodyStore(VERTX, Path.of(common.bodies()));
        done(kafka.createTopics());
        producer = kafka.durableProducer("test");
        keys = kafka.table(Topic.DKIM, DkimKeyEntry.class);
        deployment = done(VERTX.deployVerticle(new DkimSigningService(new ServiceContext(
                VERTX,
                environment,
                common,
                kafka,
                bodies,
                new FakeDns(),
                new SimpleMeterRegistry(),
                health,
                Clock.systemUTC()))));
        done(kafka.stage(new StageSettings("test-deliver", Topic.DELIVER, 10), record -> {
                    DELIVER.add(MailRecord.from(record, Deliver.class));
                    return Future.succeededFuture();
                })
                .start());
        done(kafka.stage(new StageSettings("test-outbound", Topic.OUTBOUND, 10), record -> {
                    OUTBOUND.add(MailRecord.from(record, Outbound.class));
                    return Future.succeededFuture();
                })
                .start());
        domain("here.test");
    }

    @AfterAll
    static void stop() {
        done(VERTX.undeploy(deployment));
        done(kafka.close());
        done(VERTX.close());
        BROKER.close();
    }

    @Test
    void aNewDomainGetsTwoKeys() {
        domain("new.test");
        await().atMost(Duration.ofSeconds(20)).until(() -> keysOf("new.test").size() == 2);
        assertThat(keysOf("new.test")).extracting(DkimKeyEntry::algorithm).containsExactlyInAnyOrder("rsa", "ed25519");
        domain("new.test");
        domain("marker.test");
        await().atMost(Duration.ofSeconds(20)).until(() -> keysOf("marker.test").size() == 2);
        assertThat(keysOf("new.test")).as("a repeat makes no more").hasSize(2);
    }

    @Test
    void signsForHereAndThere() throws Exception {
        String id = submit(
                Submitted.Origin.SUBMISSION,
                new Body.Inline(MESSAGE.getBytes(StandardCharsets.UTF_8)),
                PREPENDED,
                new Recipient("bob@here.test", "bob@here.test", true),
                new Recipient("b@there.test", "b@there.test", false));
        MailRecord<Deliver> here = delivered(id);
        MailRecord<Outbound> there = outbound(id);
        assertThat(here.envelope().prepend())
                .isEqualTo(there.envelope().prepend())
                .endsWith(PREPENDED);
        assertThat(((Body.Inline) there.body()).bytes()).isEqualTo(MESSAGE.getBytes(StandardCharsets.UTF_8));
        verified(there.envelope().prepend(), MESSAGE, 2);
    }

    @Test
    void aChangedMessageDoesNotVerify() throws Exception {
        String id = submit(
                Submitted.Origin.SUBMISSION,
                new Body.Inline(MESSAGE.getBytes(StandardCharsets.UTF_8)),
                PREPENDED,
                new Recipient("b@there.test", "b@there.test", false));
        String prepend = outbound(id).envelope().prepend();
        verified(prepend, MESSAGE.replace("hello", "hallo"), 0);
        verified(prepend, "From: eve@evil.test\r\n" + MESSAGE, 0);
        verified(prepend.replace("<1@here", "<2@here"), MESSAGE, 0);
    }

    @Test
    void signsWhatLiesInTheBodyStore() throws Exception {
        String large = MESSAGE + "a line of text that goes on \r\n".repeat(20_000);
        Body.Stored body = new Body.Stored(done(bodies.create()
                .compose(writer -> writer.write(Buffer.buffer(large)).compose(written -> writer.finish()))));
        String id = submit(
                Submitted.Origin.SUBMISSION, body, PREPENDED, new Recipient("b@there.test", "b@there.test", false));
        MailRecord<Outbound> there = outbound(id);
        assertThat(there.body()).isEqualTo(body);
        verified(there.envelope().prepend(), large, 2);
    }

    @Test
    void aForwardWhoseChainIsUnknownIsRoutedAsItCame() {
        String id = submit(
                Submitted.Origin.FORWARD,
                new Body.Inline(MESSAGE.getBytes(StandardCharsets.UTF_8)),
                RESULTS,
                new Recipient("bob@here.test", "b@there.test", false));
        assertThat(outbound(id).envelope().prepend()).isEqualTo(RESULTS);
    }

    @Test
    void aForwardIsSealedByTheDomainThatForwards() throws Exception {
        String first = forward(MESSAGE, ArcStatus.NONE);
        assertThat(first)
                .startsWith("ARC-Seal: i=1; a=rsa-sha256; cv=none;\r\n\td=here.test; s=r")
                .contains("ARC-Authentication-Results: i=1; mail.here.test;\r\n\tspf=pass\r\n")
                .endsWith(RESULTS)
                .doesNotContain("DKIM-Signature:");
        assertThat(chain(first + MESSAGE).status()).isEqualTo(ArcStatus.PASS);
        String second = forward(first + MESSAGE, ArcStatus.PASS);
        assertThat(second).startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=pass;");
        assertThat(chain(second + first + MESSAGE).status()).isEqualTo(ArcStatus.PASS);
    }

    @Test
    void aBrokenChainIsSealedAsBrokenAndNotAgain() throws Exception {
        String broken = forward(MESSAGE, ArcStatus.NONE) + MESSAGE.replace("hello", "hallo");
        String marked = forward(broken, ArcStatus.FAIL);
        assertThat(marked).startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=fail;");
        assertThat(forward(marked + broken, ArcStatus.FAIL)).isEqualTo(RESULTS);
    }

    @Test
    void anAuthorElsewhereIsNotSignedFor() {
        String id = submit(
                Submitted.Origin.SUBMISSION,
                new Body.Inline(
                        MESSAGE.replace("alice@here.test", "alice@else.test").getBytes(StandardCharsets.UTF_8)),
                "",
                new Recipient("b@there.test", "b@there.test", false));
        assertThat(outbound(id).envelope().prepend()).isEmpty();
    }

    private static void verified(String prepend, String message, int passes) throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(prepend.getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(message.getBytes(StandardCharsets.UTF_8));
        DkimVerifier verifier = new DkimVerifier(DkimSigningServiceIT::published, Clock.systemUTC(), 10);
        List<DkimResult> results = verifier.verify(whole.toByteArray(), 0, whole.size())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(results).hasSize(2);
        assertThat(results.stream().filter(DkimResult::passes).count())
                .as("%s", results)
                .isEqualTo(passes);
    }

    /** What stands before a message that here.test forwards. */
    private static String forward(String message, ArcStatus arc) {
        String id = submit(
                Submitted.Origin.FORWARD,
                new Body.Inline(message.getBytes(StandardCharsets.UTF_8)),
                RESULTS,
                Optional.of(arc),
                new Recipient("alice@here.test", "b@there.test", false));
        return outbound(id).envelope().prepend();
    }

    private static ArcResult chain(String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        ArcCheck check = new ArcVerifier(DkimSigningServiceIT::published, Clock.systemUTC()).begin(header);
        BodyHasher hasher = new BodyHasher(check.forms());
        hasher.update(bytes, header.bodyStart(), bytes.length);
        return check.finish(hasher.finish()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static CompletionStage<DkimKeyAnswer> published(String name) {
        return CompletableFuture.completedFuture(DkimKeyAnswer.of(keys.values().stream()
                .filter(key -> name.equals(key.selector() + "._domainkey." + key.domain()))
                .map(key -> "v=DKIM1; k=" + key.algorithm() + "; p=" + key.publicKey())
                .toList()));
    }

    private static String submit(Submitted.Origin origin, Body body, String prepend, Recipient... recipients) {
        return submit(origin, body, prepend, Optional.empty(), recipients);
    }

    private static String submit(
            Submitted.Origin origin, Body body, String prepend, Optional<ArcStatus> arc, Recipient... recipients) {
        await().atMost(Duration.ofSeconds(20)).until(() -> keysOf("here.test").size() == 2);
        String id = MessageId.next(Clock.systemUTC()).value();
        Submitted submitted = new Submitted(
                Submitted.VERSION,
                id,
                Instant.now(),
                origin,
                "alice@here.test",
                new Client("127.0.0.1", "client", ""),
                "alice@here.test",
                List.of(recipients),
                false,
                prepend,
                arc);
        done(producer.send(new MailRecord<>(submitted, body).to(Topic.SUBMITTED, "alice@here.test")));
        return id;
    }

    private static MailRecord<Deliver> delivered(String id) {
        return await().until(
                        () -> DELIVER.stream()
                                .filter(one -> one.envelope().id().equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static MailRecord<Outbound> outbound(String id) {
        return await().until(
                        () -> OUTBOUND.stream()
                                .filter(one -> one.envelope().id().equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static List<DkimKeyEntry> keysOf(String domain) {
        return keys.values().stream().filter(key -> key.domain().equals(domain)).toList();
    }

    private static void domain(String name) {
        byte[] entry = Json.bytes(new DomainEntry(name, Instant.now()));
        done(producer.send(new ProducerRecord<>(Topic.DOMAINS.topicName(), name, entry)));
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
