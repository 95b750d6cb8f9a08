package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.arc.TrustedPass;
import org.facteur.verifier.results.AuthenticationResults;
import org.facteur.verifier.results.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of example.org (p=reject) that come by others, changed and sealed. */
class ArcOverrideTest {
    private static final String PASSED = "; dmarc=pass header.from=example.org";
    private static final String FAILED = "; dmarc=fail header.from=example.org";

    private final Vertx vertx = Vertx.vertx();
    private final FakeDns dns = Messages.dns()
            .txt("arc._domainkey.list.test", ArcChains.keyRecord())
            .txt("arc._domainkey.eu.list.test", ArcChains.keyRecord())
            .txt("arc._domainkey.relay.test", ArcChains.keyRecord());

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** Two sets; who sealed, what each recorded about the author, who is trusted. */
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "both trusted, first saw a pass | list.test | pass | relay.test | fail | list.test,relay.test | ACCEPT",
                "the last is a stranger         | list.test | pass | relay.test | fail | list.test            | REJECT",
                "the first is a stranger        | list.test | pass | relay.test | fail | relay.test           | REJECT",
                "a stranger, then a pass seen   | list.test | fail | relay.test | pass | relay.test           | ACCEPT",
                "nobody saw a pass              | list.test | fail | relay.test | fail | list.test,relay.test | REJECT",
                "nobody is trusted              | list.test | pass | relay.test | pass | ''                   | REJECT",
                "below a trusted domain         | list.test | fail | eu.list.test | pass | .list.test         | ACCEPT",
                "exact where no dot is in front | list.test | fail | eu.list.test | pass | list.test          | REJECT",
            })
    void believesTheTrustedEndOfAChain(
            String name, String first, String saw, String second, String then, String trusted, String expected) {
        String message = ArcChains.sealed(
                Messages.message(), ArcStatus.NONE, "mx; dmarc=" + saw + " header.from=example.org", first);
        message = ArcChains.sealed(
                message.replace("Subject: ", "Subject: [list] ") + "footer\r\n",
                ArcStatus.PASS,
                "mx; dmarc=" + then + " header.from=example.org",
                second);
        assertThat(decide(trusted, message).decision()).hasToString(expected);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "; spf=pass smtp.mailfrom=a@example.org | ACCEPT",
                "; spf=pass smtp.mailfrom=a@other.test | REJECT",
                "; spf=fail smtp.mailfrom=a@example.org | REJECT",
                "; dkim=fail header.d=example.org; dkim=pass header.d=Example.org | ACCEPT",
                "; dkim=pass header.i=@sub.example.org | ACCEPT",
                "; dkim=pass header.d=example.org; dmarc=fail header.from=example.org | REJECT",
                "; dmarc=pass header.from=other.test | REJECT",
                "; dmarc=pass | REJECT",
                "; (dmarc=pass header.from=example.org) spf=none | REJECT",
                "; none | REJECT",
            })
    void believesWhatBacksTheAuthor(String recorded, String expected) {
        String message = ArcChains.sealed(Messages.message(), ArcStatus.NONE, "mx" + recorded, "list.test");
        assertThat(decide("list.test", message).decision()).hasToString(expected);
    }

    @Test
    void saysWhyItWasAccepted() {
        Verification found = verify("list.test", list(PASSED));
        assertThat(AuthenticationResults.field("mx.example.com", found)).endsWith("""
                        \tdmarc=fail reason="arc.chain of list.test" header.from=example.org\r
                        \t policy.dmarc=reject policy.domain=example.org\r
                        \t (policy.arc=override, dmarc=pass at i=1);\r
                        \tarc=pass smtp.remote-ip=198.51.100.7 header.oldest-pass=0\r
                        \t (i=1 of list.test)\r
                        """);
        assertThat(found.arc().comment()).isEqualTo("arc=pass as[1].d=list.test as[1].s=arc");
        assertThat(Journey.detail(Verdict.accept("m1"), Verdict.accept("m1"), found))
                .endsWith("dmarc=fail arc=pass, overridden by the chain of list.test");
        assertThat(found.arc().known()).contains(ArcStatus.PASS);
    }

    @Test
    void theLongestChainIsJudgedLikeAShortOne() {
        String message = list(PASSED);
        for (int i = 2; i <= 50; i++) {
            message = ArcChains.sealed(message, ArcStatus.PASS, "mx" + FAILED, "list.test");
        }
        assertThat(verify("list.test", message).arc().override())
                .contains(new TrustedPass(1, "list.test", "dmarc=pass"));
        assertThat(verify("list.test", message + "more\r\n").arc().chain().reason())
                .isEqualTo("ARC-Message-Signature i=50: body hash mismatch");
    }

    @Test
    void aBrokenChainChangesNothing() {
        Verification found = verify("list.test", list(PASSED) + "more\r\n");
        assertThat(AuthenticationResults.field("mx.example.com", found))
                .contains("\tarc=fail reason=\"ARC-Message-Signature i=1: body hash mismatch\"");
        assertThat(found.arc().override()).isEmpty();
        assertThat(found.arc().known()).contains(ArcStatus.FAIL);
        assertThat(decide("list.test", list(FAILED)).enhanced()).isEqualTo("5.7.26");
    }

    @Test
    void dnsTroubleDoesNotMarkTheChainForGood() {
        dns.fail("arc._domainkey.list.test");
        Verification found = verify("list.test", list(PASSED));
        assertThat(found.arc().chain().status()).isEqualTo(ArcStatus.FAIL);
        assertThat(found.arc().known()).isEmpty();
    }

    @Test
    void nothingIsOverriddenWhereNothingFails() {
        String signed =
                ArcChains.sealed(Messages.signed(Messages.message()), ArcStatus.NONE, "mx" + PASSED, "list.test");
        Verification found = verify("list.test", signed);
        assertThat(found.arc().chain().status()).isEqualTo(ArcStatus.PASS);
        assertThat(found.arc().override()).isEmpty();
    }

    private static String list(String recorded) {
        return ArcChains.sealed(
                Messages.message().replace("hello", "[list] hello"), ArcStatus.NONE, "mx" + recorded, "list.test");
    }

    private Verdict decide(String trusted, String message) {
        return settings(trusted).policy().decide("m1", verify(trusted, message));
    }

    private Verification verify(String trusted, String message) {
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        RunningChecks running = new Checks(vertx, dns, Clock.systemUTC(), settings(trusted))
                .begin(
                        Messages.received(
                                "m1", Messages.STRANGER, Instant.now().plusSeconds(20), "2/r7", Messages.local()),
                        header);
        running.body(bytes, header.bodyStart(), bytes.length);
        try {
            return running.finish(Duration.ofSeconds(10)).await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static VerifierSettings settings(String trusted) {
        Environment environment =
                Environment.of(Map.of("FACTEUR_HOSTNAME", "mx.example.com", "FACTEUR_ARC_TRUSTED", trusted));
        return VerifierSettings.from(environment, CommonSettings.from(environment));
    }
}
