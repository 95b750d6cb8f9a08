package org.facteur.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Verdict;
import org.facteur.verifier.arc.ArcFinding;
import org.facteur.verifier.arc.TrustedPass;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcRecord;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfResult;
import org.facteur.verifier.spf.SpfStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ArcFinding BELIEVED = new ArcFinding(
            new ArcResult(
                    ArcStatus.PASS,
                    "",
                    ArcChains.result(
                                    ArcChains.sealed(Messages.message(), ArcStatus.NONE, "mx; dmarc=pass", "list.test"))
                            .chain(),
                    0,
                    false),
            Optional.of(new TrustedPass(1, "list.test", "dmarc=pass")));

    @ParameterizedTest
    @CsvSource({
        // status, record, requested, what happened, chain is believed, disposition, override
        "PASS, p=reject,      NONE,       ACCEPT,     false, pass,       ''",
        "PASS, p=reject,      NONE,       QUARANTINE, false, pass,       ''",
        "PASS, p=none,        NONE,       ACCEPT,     false, none,       ''",
        "FAIL, p=none,        NONE,       ACCEPT,     false, none,       ''",
        "FAIL, p=none,        NONE,       REJECT,     false, none,       ''",
        "FAIL, p=quarantine,  QUARANTINE, QUARANTINE, false, quarantine, ''",
        "FAIL, p=quarantine,  QUARANTINE, REJECT,     false, quarantine, ''",
        "FAIL, p=reject,      REJECT,     REJECT,     false, reject,     ''",
        "FAIL, p=reject,      REJECT,     QUARANTINE, false, quarantine, local_policy",
        "FAIL, p=reject,      REJECT,     ACCEPT,     false, none,       local_policy",
        "FAIL, p=reject,      REJECT,     ACCEPT,      true, none,       local_policy",
        "FAIL, p=reject; t=y, QUARANTINE, QUARANTINE, false, quarantine, policy_test_mode",
    })
    void whatDmarcLedToIsTold(
            DmarcResult.Status status,
            String record,
            DmarcPolicy requested,
            Verdict.Decision happened,
            boolean believed,
            String disposition,
            String override) {
        AuthObservation seen =
                of(result(status, record, requested), happened, believed).get(0);
        assertThat(seen.disposition()).isEqualTo(disposition);
        assertThat(seen.overrides())
                .extracting(AuthObservation.Override::type)
                .isEqualTo(override.isEmpty() ? List.of() : List.of(override));
    }

    @Test
    void whatHasNoPolicyOrNoResultIsNotTold() {
        for (DmarcResult.Status status :
                List.of(DmarcResult.Status.NONE, DmarcResult.Status.TEMPERROR, DmarcResult.Status.PERMERROR)) {
            assertThat(of(result(status, "p=reject", DmarcPolicy.NONE), Verdict.Decision.ACCEPT, false))
                    .isEmpty();
        }
    }

    @Test
    void aChainThatIsBelievedIsNamed() {
        AuthObservation seen = of(
                        result(DmarcResult.Status.FAIL, "p=reject", DmarcPolicy.REJECT), Verdict.Decision.ACCEPT, true)
                .get(0);
        assertThat(seen.overrides())
                .containsExactly(
                        new AuthObservation.Override("local_policy", "arc=pass as[1].d=list.test as[1].s=arc"));
    }

    @Test
    void whereNobodyAsksNothingIsTold() {
        DmarcResult silent = new DmarcResult(
                DmarcResult.Status.FAIL,
                "example.org",
                "example.org",
                DmarcRecord.parse("v=DMARC1; p=reject"),
                DmarcPolicy.REJECT,
                false,
                false,
                "");
        assertThat(of(silent, Verdict.Decision.REJECT, false)).isEmpty();
    }

    @Test
    void anObservationSurvivesItsTopic() {
        AuthObservation seen = of(
                        result(DmarcResult.Status.FAIL, "p=reject", DmarcPolicy.REJECT), Verdict.Decision.REJECT, false)
                .get(0);
        assertThat(Json.read(Json.bytes(seen), AuthObservation.class)).isEqualTo(seen);
        assertThat(seen.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(seen.envelopeFrom()).isEqualTo("example.org");
        assertThat(seen.envelopeTo()).isEqualTo("example.com");
        assertThat(seen.policy().rua()).containsExactly("mailto:a@b.test");
        assertThat(seen.spf()).isEqualTo(new AuthObservation.Spf("example.org", "mfrom", "fail"));
    }

    private static List<AuthObservation> of(DmarcResult result, Verdict.Decision happened, boolean believed) {
        Verification found = new Verification(
                address(),
                "alice@example.org",
                "mail.example.org",
                new IprevResult(IprevResult.Status.PASS, ""),
                new SpfResult(SpfStatus.FAIL, "example.org", true, "", ""),
                List.of(),
                List.of(result),
                believed ? BELIEVED : ArcChains.NONE,
                List.of(),
                List.of());
        Verdict verdict = new Verdict("m1", happened, 0, "", "", "");
        return Observations.of(
                Messages.received("m1", "192.0.2.1", NOW, "2/r7", Messages.local()), verdict, found, NOW);
    }

    private static DmarcResult result(DmarcResult.Status status, String record, DmarcPolicy requested) {
        return new DmarcResult(
                status,
                "news.example.org",
                "example.org",
                Optional.of(DmarcRecord.parse("v=DMARC1; rua=mailto:a@b.test; " + record)
                        .orElseThrow()),
                requested,
                status == DmarcResult.Status.PASS,
                false,
                "");
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByName("192.0.2.1");
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
