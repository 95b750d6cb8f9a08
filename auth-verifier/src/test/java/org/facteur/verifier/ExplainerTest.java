package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Explanation.Answer;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Rule;
import org.facteur.mail.record.Explanation.Step;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.mail.record.VerifyRequest;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordingProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator is told about a message. */
class ExplainerTest {
    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final RecordingProducer swift = new RecordingProducer();
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
    void authenticMailIsExplained() {
        Explanation told = explain(Messages.CLIENT, inline(Messages.signed(Messages.message())));
        assertThat(told.failure()).isEmpty();
        assertThat(told.verdict()).isEqualTo(Verdict.accept("v1"));
        assertThat(told.reply()).isEqualTo("250 2.0.0 accepted as v1");
        assertThat(told.folder()).isEqualTo("INBOX");
        assertThat(told.policy()).as("no scanners here").hasSize(4);
        assertThat(told.results())
                .startsWith("Authentication-Results: mx.example.com;")
                .contains("dmarc=pass");
        assertThat(told.methods())
                .extracting(Method::name, Method::result)
                .startsWith(
                        tuple("iprev", "pass"), tuple("spf", "pass"), tuple("dkim", "pass"), tuple("dmarc", "pass"));
        assertThat(lines(told, "spf"))
                .contains("the SPF record of example.org", "example.org: ip4:192.0.2.1 matches: pass");
        assertThat(lines(told, "dkim"))
                .contains("the key at sel._domainkey.example.org: rsa, 2048 bits")
                .anyMatch(line -> line.endsWith(", as signed"));
        assertThat(lines(told, "dmarc"))
                .contains(
                        "the record of example.org counts: p=reject, alignment relaxed for DKIM and relaxed for SPF",
                        "SPF of example.org: pass, is aligned",
                        "DKIM of example.org: pass, is aligned",
                        "an aligned identifier passes");
        assertThat(lines(told, "iprev")).contains("mail.example.org leads back to the address");
    }

    @Test
    void forgedMailIsExplained() {
        Explanation told = explain(Messages.STRANGER, inline(Messages.signed(Messages.message()) + "Buy this.\r\n"));
        assertThat(told.reply()).startsWith("550 5.7.26 DMARC policy of example.org");
        assertThat(told.folder()).isEmpty();
        assertThat(lines(told, "dkim"))
                .contains("fail: body hash mismatch")
                .anyMatch(line -> line.endsWith("was signed: the body was changed on the way"));
        assertThat(lines(told, "dmarc"))
                .contains(
                        "SPF of example.org: fail, is aligned, but does not pass",
                        "DKIM of example.org: fail, is aligned, but does not pass",
                        "no aligned identifier passes; the owner asks for: reject");
        assertThat(told.policy())
                .filteredOn(rule -> rule.setting().equals("FACTEUR_POLICY_DMARC=enforce"))
                .allMatch(rule -> rule.outcome().startsWith("refuse: 550 5.7.26"))
                .hasSize(1);
        assertThat(told.policy())
                .filteredOn(rule -> rule.setting().equals("FACTEUR_POLICY_IPREV=reject"))
                .allMatch(rule -> rule.outcome().equals("no objection"))
                .hasSize(1);
    }

    @Test
    void anErrorInTheRecordIsNamed() {
        dns.remove("example.org").txt("example.org", "v=spf1 ip4:192.0.2 -all");
        Method spf = method(explain(Messages.CLIENT, inline(Messages.message())), "spf");
        assertThat(spf.result()).isEqualTo("permerror");
        assertThat(texts(spf)).last().asString().startsWith("permerror: not an address: ip4:192.0.2");
    }

    @Test
    void dnsTroubleIsShownWhereItHappens() {
        dns.fail("example.org");
        Method spf = method(explain(Messages.CLIENT, inline(Messages.message())), "spf");
        assertThat(spf.result()).isEqualTo("temperror");
        assertThat(spf.steps())
                .filteredOn(step -> step.text().equals("the SPF record of example.org"))
                .flatExtracting(Step::questions)
                .allMatch(question -> question.answer() == Answer.TEMPORARY_FAILURE
                        && question.reason().equals("SERVFAIL"))
                .hasSize(1);
    }

    @Test
    void silenceIsShownInTime() {
        Dns silent = (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (proxy, method, args) -> Promise.promise()
                        .future());
        Instant deadline = Instant.now().plusMillis(600);
        await(explainer(Map.of(), silent).handle(record(deadline, Messages.CLIENT, inline(Messages.message()))));
        assertThat(method(answer(), "spf").steps())
                .flatExtracting(Step::questions)
                .extracting(Question::name, Question::answer)
                .containsExactly(tuple("example.org", Answer.NO_ANSWER));
        assertThat(answer().reply()).startsWith("451 4.4.3 ");
    }

    @Test
    void listsAreAskedAndQuoted() {
        dns.address("7.100.51.198.list.test", "127.0.0.2").txt("7.100.51.198.list.test", "see list.test");
        Explanation told = explain(Messages.STRANGER, inline(Messages.message()), Map.of("FACTEUR_DNSBL", "list.test"));
        assertThat(lines(told, "dnsbl"))
                .containsExactly(
                        "listed as 127.0.0.2: see list.test",
                        "the test entry, which a list that works does not have (RFC 5782 section 5)");
        assertThat(method(told, "dnsbl").steps().get(0).questions()).hasSize(2);
    }

    @Test
    void chainsAreExplainedSetBySet() {
        dns.txt("arc._domainkey.list.test", ArcChains.keyRecord());
        String message = ArcChains.sealed(
                Messages.message().replace("hello", "[list] hello"),
                ArcStatus.NONE,
                "mx; dmarc=pass header.from=example.org",
                "list.test");
        Explanation told = explain(Messages.STRANGER, inline(message), Map.of("FACTEUR_ARC_TRUSTED", "list.test"));
        assertThat(told.reply()).startsWith("250 ");
        assertThat(lines(told, "arc"))
                .containsExactly(
                        "i=1: sealed by list.test with cv=none; it recorded dmarc=pass",
                        "all seals hold; the message is as the first sealer had it",
                        "makes up for the DMARC failure: list.test, which FACTEUR_ARC_TRUSTED names, recorded dmarc=pass"
                                + " at i=1");
        assertThat(method(told, "arc").steps().get(0).questions())
                .extracting(Question::name)
                .containsExactly("arc._domainkey.list.test");

        Explanation untrusted = explain(Messages.STRANGER, inline(message));
        assertThat(untrusted.reply()).startsWith("550 5.7.26 ");
        assertThat(lines(untrusted, "arc"))
                .last()
                .asString()
                .startsWith("does not make up for the DMARC failure: no sealer that FACTEUR_ARC_TRUSTED names");

        Explanation changed = explain(Messages.STRANGER, inline(message + "Bye.\r\n"));
        assertThat(lines(changed, "arc")).last().isEqualTo("fail: ARC-Message-Signature i=1: body hash mismatch");
    }

    @Test
    void scannersAreAskedAndSilenceIsTold() {
        Map<String, String> silent = Map.of("FACTEUR_CLAMD", "127.0.0.1:1", "FACTEUR_RSPAMD", "http://127.0.0.1:1");
        Explanation told = explain(Messages.CLIENT, inline(Messages.message()), silent);
        assertThat(told.reply()).startsWith("250 ");
        assertThat(lines(told, "x-clamd")).singleElement().asString().startsWith("no answer that can be read: ");
        assertThat(lines(told, "x-rspamd")).singleElement().asString().startsWith("no answer that can be read: ");
        assertThat(told.policy())
                .extracting(Rule::setting, Rule::outcome)
                .contains(
                        tuple("FACTEUR_POLICY_CLAMD=reject", "no objection"),
                        tuple("FACTEUR_POLICY_RSPAMD=reject", "no objection"));
    }

    @Test
    void storedMessagesAreStreamed() {
        String message = Messages.signed(Messages.message() + "a line of text\r\n".repeat(20_000));
        BodyRef ref = await(bodies.create()
                .compose(writer -> writer.write(Buffer.buffer(message)).compose(written -> writer.finish())));
        Explanation told = explain(Messages.CLIENT, new Body.Stored(ref));
        assertThat(method(told, "dkim").result()).isEqualTo("pass");
        assertThat(told.octets()).isEqualTo(message.length());
    }

    @Test
    void aBodyThatIsGoneIsAnAnswerToo() {
        Explanation told = explain(Messages.CLIENT, new Body.Stored(new BodyRef("0".repeat(64), 400_000)));
        assertThat(told.failure()).contains("could not look at the message");
    }

    @Test
    void anyBytesGiveAnExplanation() {
        for (String message : List.of("", "\r\n", "x", "From", ": x\r\n\r\n", "\u0000".repeat(3000))) {
            Explanation told = explain(Messages.CLIENT, inline(message));
            assertThat(told.failure()).isEmpty();
            assertThat(lines(told, "dmarc")).contains("permerror: no address in From");
        }
    }

    @Test
    void nobodyIsAnsweredWhoDoesNotWaitAnyMore() {
        await(explainer(Map.of()).handle(record(Instant.now().minusSeconds(1), Messages.CLIENT, inline("x"))));
        assertThat(swift.sent()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeSentIsNotTriedAgain() {
        swift.fail(new IllegalStateException("Kafka is gone"));
        await(explainer(Map.of()).handle(record(Instant.now().plusSeconds(30), Messages.CLIENT, inline("x"))));
        assertThat(swift.sent()).isEmpty();
    }

    private Explanation explain(String client, Body body) {
        return explain(client, body, Map.of());
    }

    private Explanation explain(String client, Body body, Map<String, String> more) {
        await(explainer(more).handle(record(Instant.now().plusSeconds(30), client, body)));
        return answer();
    }

    private Explanation answer() {
        assertThat(swift.sent()).allMatch(sent -> sent.topic().equals(Topic.AUTH_REPLIES.topicName()));
        ProducerRecord<String, byte[]> reply = swift.sent().get(swift.sent().size() - 1);
        assertThat(reply.partition()).isEqualTo(2);
        assertThat(reply.key()).isEqualTo("r7");
        return Json.read(reply.value(), Explanation.class);
    }

    private Explainer explainer(Map<String, String> more) {
        return explainer(more, dns);
    }

    private Explainer explainer(Map<String, String> more, Dns resolver) {
        Map<String, String> all = new HashMap<>(more);
        all.put("FACTEUR_HOSTNAME", "mx.example.com");
        Environment environment = Environment.of(all);
        VerifierSettings settings = VerifierSettings.from(environment, CommonSettings.from(environment));
        Clock clock = Clock.systemUTC();
        return new Explainer(settings, new Checks(vertx, resolver, clock, settings), resolver, bodies, swift, clock);
    }

    private static ConsumerRecord<String, byte[]> record(Instant deadline, String client, Body body) {
        VerifyRequest request = new VerifyRequest(
                VerifyRequest.VERSION,
                "v1",
                deadline,
                "2/r7",
                new Client(client, "mail.example.org", ""),
                "alice@example.org");
        ProducerRecord<String, byte[]> sent = new MailRecord<>(request, body).to(Topic.AUTH_REQUESTS, null);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static Body inline(String message) {
        return new Body.Inline(message.getBytes(UTF_8));
    }

    private static Method method(Explanation told, String name) {
        return told.methods().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(Explanation told, String name) {
        return texts(method(told, name));
    }

    private static List<String> texts(Method method) {
        return method.steps().stream().map(Step::text).toList();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
