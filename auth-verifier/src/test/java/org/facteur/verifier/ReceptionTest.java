package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.MapTable;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.platform.kafka.RecordingProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptionTest {
    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final RecordingProducer durable = new RecordingProducer();
    private final RecordingProducer swift = new RecordingProducer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeDns dns = Messages.dns();
    private DirectoryBodyStore bodies;

    @BeforeEach
    void start() {
        bodies = new DirectoryBodyStore(vertx, directory);
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void authenticMailGoesToTheInbox() {
        handle(inTime(Messages.CLIENT, Messages.local()), Messages.signed(Messages.message()));
        assertThat(verdict()).isEqualTo(Verdict.accept("m1"));
        ProducerRecord<String, byte[]> reply = swift.sent(Topic.VERDICTS).get(0);
        assertThat(reply.partition()).isEqualTo(2);
        assertThat(reply.key()).isEqualTo("r7");
        MailRecord<Deliver> deliver = delivered();
        assertThat(deliver.envelope().disposition()).isEqualTo(Deliver.Disposition.INBOX);
        assertThat(deliver.envelope().recipients()).containsExactly(Messages.local());
        assertThat(deliver.envelope().prepend())
                .startsWith("Authentication-Results: mx.example.com;\r\n\tiprev=pass")
                .contains("spf=pass", "dkim=pass header.d=example.org", "dmarc=pass header.from=example.org")
                .endsWith("\r\nReceived: from mail.example.org\r\n");
        assertThat(meters.counter("facteur.auth.results", "method", "dkim", "result", "pass")
                        .count())
                .isEqualTo(1);
        assertThat(journey().what()).isEqualTo("verified");
        assertThat(journey().detail()).isEqualTo("iprev=pass spf=pass dkim=pass dmarc=pass");
    }

    @Test
    void forgedMailIsRefusedInTheSession() {
        handle(inTime(Messages.STRANGER, Messages.local()), Messages.message());
        assertThat(verdict().decision()).isEqualTo(Verdict.Decision.REJECT);
        assertThat(verdict().code()).isEqualTo(550);
        assertThat(verdict().enhanced()).isEqualTo("5.7.26");
        assertThat(durable.sent()).isEmpty();
        assertThat(journey().what()).isEqualTo("refused");
    }

    @Test
    void lateRefusalGoesToJunk() {
        Received late =
                Messages.received("m1", Messages.STRANGER, Instant.now().plusMillis(100), "2/r7", Messages.local());
        handle(late, Messages.message());
        assertThat(verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(delivered().envelope().disposition()).isEqualTo(Deliver.Disposition.JUNK);
        assertThat(journey().detail()).contains("too late to refuse: 550 5.7.26");
    }

    @Test
    void unsignedMailPassesBySpf() {
        handle(inTime(Messages.CLIENT, Messages.local()), Messages.message());
        assertThat(verdict().decision()).isEqualTo(Verdict.Decision.ACCEPT);
        assertThat(delivered().envelope().prepend()).contains("dkim=none");
    }

    @Test
    void reportsGoToWhereTheyAreRead() {
        Recipient reports = Recipient.reports("dmarc-reports@example.com", "dmarc-reports@example.com");
        handle(inTime(Messages.CLIENT, reports), Messages.signed(Messages.message()));
        assertThat(verdict().decision()).isEqualTo(Verdict.Decision.ACCEPT);
        assertThat(durable.sent()).hasSize(1);
        MailRecord<ReportMail> mail =
                MailRecord.from(consumed(durable.sent(Topic.REPORTS).get(0)), ReportMail.class);
        assertThat(mail.envelope().domain()).isEqualTo("example.com");
        assertThat(mail.envelope().author()).isEqualTo("example.org");
        assertThat(mail.envelope().dmarc()).isEqualTo("pass");
        assertThat(swift.sent(Topic.OBSERVATIONS)).hasSize(1);
    }

    @Test
    void whatCannotBeObservedIsTakenAllTheSame() {
        RecordingProducer away = new RecordingProducer();
        away.fail(new IllegalStateException("Kafka is away"));
        await(reception(dns, away)
                .handle(record(inTime(Messages.CLIENT, Messages.local()), inline(Messages.message()))));
        assertThat(delivered().envelope().disposition()).isEqualTo(Deliver.Disposition.INBOX);
    }

    @Test
    void noDnsIsNeverAPass() {
        List.of("example.org", "_dmarc.example.org", "sel._domainkey.example.org", "1.2.0.192.in-addr.arpa")
                .forEach(dns::fail);
        handle(inTime(Messages.CLIENT, Messages.local()), Messages.signed(Messages.message()));
        assertThat(verdict().code()).isEqualTo(451);
        assertThat(durable.sent()).isEmpty();
    }

    @Test
    void silentDnsEndsInTime() {
        Dns silent = (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (proxy, method, args) -> Promise.promise()
                        .future());
        Received received = soon(Messages.CLIENT, "alice@example.org");
        await(reception(silent).handle(record(received, inline(Messages.signed(Messages.message())))));
        assertThat(verdict().code()).isEqualTo(451);
        assertThat(journey().detail()).startsWith("iprev=temperror spf=temperror dkim=temperror dmarc=temperror");
    }

    @Test
    void silenceAboutOneMethodTakesNoPassOfAnotherAway() {
        await(reception(silentAbout("example.org"))
                .handle(record(
                        soon(Messages.CLIENT, "alice@example.org"), inline(Messages.signed(Messages.message())))));
        assertThat(journey().detail()).isEqualTo("iprev=pass spf=temperror dkim=pass dmarc=pass");
        assertThat(verdict()).isEqualTo(Verdict.accept("m1"));
    }

    @ParameterizedTest
    @CsvSource({
        "sel._domainkey.example.org, alice@elsewhere.example",
        "example.org, alice@Example.ORG",
        "mail.example.org, ''",
    })
    void silenceIsNoFailure(String silent, String reversePath) {
        String message = silent.startsWith("sel.") ? Messages.signed(Messages.message()) : Messages.message();
        await(reception(silentAbout(silent)).handle(record(soon(Messages.CLIENT, reversePath), inline(message))));
        assertThat(verdict().code()).isEqualTo(451);
    }

    @Test
    void everyDomainInFromCounts() {
        dns.txt("_dmarc.bank.example", "v=DMARC1; p=reject");
        String message = Messages.message();
        handle(
                inTime(Messages.CLIENT, Messages.local()),
                message.replace("From: Alice <alice@example.org>", "From: alice@example.org, ceo@bank.example"));
        assertThat(verdict().text()).startsWith("DMARC policy of bank.example refuses");
        handle(inTime(Messages.CLIENT, Messages.local()), "From: ceo@bank.example\r\n" + message);
        assertThat(verdict().enhanced()).isEqualTo("5.7.26");
        handle(inTime(Messages.CLIENT, Messages.local()), "From: The boss\r\n" + message);
        assertThat(verdict()).isEqualTo(Verdict.quarantine("m1"));
        String many = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> ", x@d" + i + ".example")
                .collect(Collectors.joining());
        handle(
                inTime(Messages.CLIENT, Messages.local()),
                message.replace("From: Alice <alice@example.org>", "From: alice@example.org" + many));
        assertThat(verdict()).isEqualTo(Verdict.quarantine("m1"));
    }

    @Test
    void forwardsGoToTheSignerOncePerAddress() {
        Recipient one = new Recipient("team@example.com", "x@example.net", false);
        Recipient two = new Recipient("team@example.com", "y@example.net", false);
        Recipient other = new Recipient("info@example.com", "z@example.net", false);
        handle(inTime(Messages.CLIENT, one, Messages.local(), two, other), Messages.message());
        assertThat(delivered().envelope().recipients()).containsExactly(Messages.local());
        List<MailRecord<Submitted>> forwards = durable.sent(Topic.SUBMITTED).stream()
                .map(record -> MailRecord.from(consumed(record), Submitted.class))
                .toList();
        assertThat(forwards)
                .extracting(forward -> forward.envelope().account())
                .containsExactly("team@example.com", "info@example.com");
        assertThat(forwards.get(0).envelope().recipients()).containsExactly(one, two);
        assertThat(forwards.get(0).envelope().origin()).isEqualTo(Submitted.Origin.FORWARD);
        assertThat(forwards.get(0).envelope().prepend()).contains("dmarc=pass");
    }

    @Test
    void arrivingResultsWithOurIdAreRemoved() {
        String claim = "Authentication-Results: MX.example.com; dkim=pass\r\n";
        handle(inTime(Messages.CLIENT, Messages.local()), claim + Messages.message());
        assertThat(new String(((Body.Inline) delivered().body()).bytes(), UTF_8))
                .isEqualTo(Messages.message());
    }

    @Test
    void storedMessagesAreStreamed() {
        String message = Messages.signed(Messages.message() + "a line of text\r\n".repeat(20_000));
        String claim = "Authentication-Results: mx.example.com; dkim=pass\r\n";
        Body stored = store(claim + message);
        await(reception(dns).handle(record(inTime(Messages.CLIENT, Messages.local()), stored)));
        assertThat(delivered().envelope().prepend()).contains("dkim=pass");
        Body.Stored kept = (Body.Stored) delivered().body();
        assertThat(kept.size()).isEqualTo(message.length());
        assertThat(await(bodies.readFully(kept.ref(), 0, message.length())).toString())
                .isEqualTo(message);
    }

    @Test
    void storedMessagesWithoutClaimsKeepTheirBody() {
        Body stored = store(Messages.signed(Messages.message() + "a line of text\r\n".repeat(20_000)));
        await(reception(dns).handle(record(inTime(Messages.CLIENT, Messages.local()), stored)));
        assertThat(delivered().body()).isEqualTo(stored);
    }

    @Test
    void longHeadersAreReadWhole() {
        String message = Messages.signed(
                "X-Long: " + "x".repeat(900) + "\r\n".repeat(1) + ("X-More: y\r\n").repeat(9000) + Messages.message());
        await(reception(dns).handle(record(inTime(Messages.CLIENT, Messages.local()), store(message))));
        assertThat(delivered().envelope().prepend()).contains("dkim=pass");
    }

    @Test
    void whatKafkaDoesNotTakeIsTriedAgain() {
        durable.fail(new IllegalStateException("Kafka is gone"));
        Future<Void> handled =
                reception(dns).handle(record(inTime(Messages.CLIENT, Messages.local()), inline(Messages.message())));
        assertThatThrownBy(() -> await(handled)).hasMessageContaining("Kafka is gone");
    }

    @Test
    void refusalThatCannotBeToldIsTriedAgain() {
        swift.fail(new IllegalStateException("Kafka is gone"));
        Future<Void> handled =
                reception(dns).handle(record(inTime(Messages.STRANGER, Messages.local()), inline(Messages.message())));
        assertThatThrownBy(() -> await(handled)).hasMessageContaining("Kafka is gone");
    }

    @Test
    void acceptedMailNeedsNoVerdictToGoOn() {
        swift.fail(new IllegalStateException("Kafka is gone"));
        handle(inTime(Messages.CLIENT, Messages.local()), Messages.message());
        assertThat(delivered().envelope().id()).isEqualTo("m1");
    }

    @Test
    void recordsWithoutAnAddressCanNeverSucceed() {
        Received broken = Messages.received("m1", "localhost", Instant.now(), "2/r7", Messages.local());
        assertThatThrownBy(() -> await(reception(dns).handle(record(broken, inline("x")))))
                .isInstanceOf(PermanentFailure.class);
    }

    @Test
    void anyBytesAreHandled() {
        for (String message :
                List.of("", "\r\n", "\n\n", "x", "From", ": x\r\n\r\n", "\u0000".repeat(3000), "From:\r\n\r\n")) {
            handle(inTime(Messages.CLIENT, Messages.local()), message);
            assertThat(verdict()).isEqualTo(Verdict.quarantine("m1"));
        }
    }

    private static Received inTime(String client, Recipient... recipients) {
        return Messages.received("m1", client, Instant.now().plusSeconds(20), "2/r7", recipients);
    }

    /** A message whose sender waits 400 ms. */
    private static Received soon(String client, String reversePath) {
        return new Received(
                1,
                "m1",
                Instant.now(),
                Instant.now().plusMillis(400),
                "2/r7",
                Messages.received("m1", client, Instant.now(), "2/r7").client(),
                reversePath,
                List.of(Messages.local()),
                false,
                "");
    }

    /** The same DNS without any answer about a name. */
    private Dns silentAbout(String name) {
        return (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(),
                new Class<?>[] {Dns.class},
                (proxy, method, args) ->
                        name.equals(args[0]) ? Promise.promise().future() : method.invoke(dns, args));
    }

    private void handle(Received received, String message) {
        await(reception(dns).handle(record(received, inline(message))));
    }

    private Reception reception(Dns resolver) {
        return reception(resolver, swift);
    }

    private Reception reception(Dns resolver, RecordingProducer journeys) {
        Environment environment = Environment.of(Map.of("FACTEUR_HOSTNAME", "mx.example.com"));
        VerifierSettings settings = VerifierSettings.from(environment, CommonSettings.from(environment));
        Clock clock = Clock.systemUTC();
        return new Reception(
                settings,
                new Checks(vertx, resolver, clock, settings),
                bodies,
                durable,
                swift,
                journeys,
                new AuthMeters(meters, new MapTable<>(), clock),
                clock);
    }

    private Body store(String message) {
        return await(bodies.create().compose(writer -> writer.write(Buffer.buffer(message))
                .compose(written -> writer.finish())
                .<Body>map(Body.Stored::new)));
    }

    private static Body inline(String message) {
        return new Body.Inline(message.getBytes(UTF_8));
    }

    private static ConsumerRecord<String, byte[]> record(Received received, Body body) {
        return consumed(new MailRecord<>(received, body).to(Topic.RECEIVED, null));
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> sent) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private Verdict verdict() {
        List<ProducerRecord<String, byte[]>> sent = swift.sent(Topic.VERDICTS);
        return Json.read(sent.get(sent.size() - 1).value(), Verdict.class);
    }

    private JourneyEvent journey() {
        return Json.read(swift.sent(Topic.JOURNEY).get(0).value(), JourneyEvent.class);
    }

    private MailRecord<Deliver> delivered() {
        List<ProducerRecord<String, byte[]>> sent = durable.sent(Topic.DELIVER);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).key()).isEqualTo("m1");
        return MailRecord.from(consumed(sent.get(0)), Deliver.class);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
