package org.facteur.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.record.DomainEntry;
import org.facteur.platform.ManualClock;
import org.facteur.platform.directory.MapTable;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfResult;
import org.facteur.verifier.spf.SpfStatus;
import org.junit.jupiter.api.Test;

class AuthMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MapTable<DomainEntry> own = new MapTable<>();
    private final ManualClock clock = new ManualClock();
    private final AuthMeters meters = new AuthMeters(registry, own, clock);

    @Test
    void everyResultIsThereFromTheStart() {
        assertThat(registry.get("facteur.auth.results").counters())
                .hasSizeGreaterThan(20)
                .allMatch(counter -> counter.count() == 0);
        assertThat(counter("facteur.auth.results", "method", "dmarc", "result", "fail"))
                .isZero();
        assertThat(counter("facteur.auth.results", "method", "dkim", "result", "none"))
                .isZero();
    }

    @Test
    void findingsOfScannersAreCounted() {
        assertThat(counter("facteur.auth.results", "method", "rspamd", "result", "temperror"))
                .isZero();
        meters.count(found("example.org", DmarcResult.Status.PASS));
        assertThat(counter("facteur.auth.results", "method", "clamd", "result", "fail"))
                .isEqualTo(1);
    }

    @Test
    void resultsAreCountedByTheDomainOfTheAuthor() {
        meters.count(found("example.org", DmarcResult.Status.PASS));
        meters.count(found("example.org", DmarcResult.Status.FAIL));
        assertThat(domain("example.org", "dmarc", "pass")).isEqualTo(1);
        assertThat(domain("example.org", "dmarc", "fail")).isEqualTo(1);
        assertThat(domain("example.org", "spf", "softfail")).isEqualTo(2);
        assertThat(domain("example.org", "dkim", "pass")).isEqualTo(2);
    }

    @Test
    void theDomainsAreBounded() {
        for (int i = 0; i < 203; i++) {
            meters.count(found("d" + i + ".example", DmarcResult.Status.NONE));
        }
        meters.count(found("", DmarcResult.Status.PERMERROR));
        assertThat(domain("d199.example", "dmarc", "none")).isEqualTo(1);
        assertThat(domain("other", "dmarc", "none")).isEqualTo(3);
        assertThat(domain("other", "dmarc", "permerror")).isEqualTo(1);

        clock.advance(Duration.ofHours(1));
        meters.count(found("new.example", DmarcResult.Status.NONE));
        assertThat(domain("new.example", "dmarc", "none")).isEqualTo(1);
        assertThat(registry.find("facteur_auth_domain_results_total")
                        .tag("domain", "d0.example")
                        .counters())
                .isEmpty();
    }

    @Test
    void aMessageThatClaimsOurDomainIsCounted() {
        own.put("here.example", new DomainEntry("here.example", Instant.EPOCH));
        assertThat(counter("facteur_dmarc_own_failures_total", "domain", "here.example"))
                .isZero();
        meters.count(found("here.example", DmarcResult.Status.FAIL));
        meters.count(found("here.example", DmarcResult.Status.PASS));
        meters.count(found("elsewhere.example", DmarcResult.Status.FAIL));
        assertThat(counter("facteur_dmarc_own_failures_total", "domain", "here.example"))
                .isEqualTo(1);
        assertThat(registry.get("facteur_dmarc_own_failures_total").counters()).hasSize(1);

        own.remove("here.example");
        assertThat(registry.find("facteur_dmarc_own_failures_total").counters()).isEmpty();
    }

    private double domain(String domain, String method, String result) {
        return counter("facteur_auth_domain_results_total", "domain", domain, "method", method, "result", result);
    }

    private double counter(String name, String... tags) {
        Counter counter = registry.get(name).tags(tags).counter();
        return counter.count();
    }

    private static Verification found(String author, DmarcResult.Status dmarc) {
        return new Verification(
                ClientAddress.parse("192.0.2.1").orElseThrow(),
                "x@sender.example",
                "helo.example",
                new IprevResult(IprevResult.Status.PASS, ""),
                new SpfResult(SpfStatus.SOFTFAIL, "sender.example", true, "", ""),
                List.of(
                        new DkimResult(DkimResult.Status.FAIL, "", Optional.empty(), 0),
                        new DkimResult(DkimResult.Status.PASS, "", Optional.empty(), 2048)),
                List.of(new DmarcResult(dmarc, author, author, Optional.empty(), DmarcPolicy.NONE, false, false, "")),
                ArcChains.NONE,
                List.of(),
                List.of(new ScanResult("clamd", Finding.REJECT, "", "Virus", List.of(), "")));
    }
}
