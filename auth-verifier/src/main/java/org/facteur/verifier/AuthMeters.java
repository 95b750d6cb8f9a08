package org.facteur.verifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.record.DomainEntry;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.metrics.BoundedLabels;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfStatus;

/**
 * Counts results: by method, by author domain, and the failures of messages that claim to come from a domain of ours. The
 * author domains are those of at most {@value #MOST_DOMAINS} senders ({@link BoundedLabels}). For one event loop.
 */
final class AuthMeters {
    private static final int MOST_DOMAINS = 200;

    private record Outcome(String method, String result) {}

    private record DomainOutcome(String domain, Outcome outcome) {}

    private final MeterRegistry registry;
    private final BoundedLabels domains;
    private final Map<Outcome, Counter> counters = new HashMap<>();
    private final Map<DomainOutcome, Counter> byDomain = new HashMap<>();
    private final Map<String, Counter> ownFailures = new ConcurrentHashMap<>();

    /**
     * Registers them.
     *
     * @param own the domains that live here; each has a counter from the moment it is known
     */
    AuthMeters(MeterRegistry registry, TableView<DomainEntry> own, Clock clock) {
        this.registry = registry;
        domains = new BoundedLabels(MOST_DOMAINS, clock, this::forget);
        register(
                "iprev",
                Arrays.stream(IprevResult.Status.values())
                        .map(IprevResult.Status::text)
                        .toList());
        register("spf", Arrays.stream(SpfStatus.values()).map(SpfStatus::text).toList());
        register(
                "dkim",
                Arrays.stream(DkimResult.Status.values())
                        .map(DkimResult.Status::text)
                        .toList());
        register("dkim", List.of("none"));
        register(
                "dmarc",
                Arrays.stream(DmarcResult.Status.values())
                        .map(DmarcResult.Status::text)
                        .toList());
        register("arc", Arrays.stream(ArcStatus.values()).map(ArcStatus::text).toList());
        register(
                "dnsbl",
                Arrays.stream(DnsblResult.Status.values())
                        .map(DnsblResult.Status::text)
                        .toList());
        List<String> findings =
                Arrays.stream(Finding.values()).map(Finding::text).distinct().toList();
        register("rspamd", findings);
        register("clamd", findings);
        own.onChange(this::ownDomain);
    }

    void count(Verification found) {
        count("iprev", found.iprev().status().text());
        count("spf", found.spf().status().text());
        if (found.dkim().isEmpty()) {
            count("dkim", "none");
        }
        found.dkim().forEach(result -> count("dkim", result.status().text()));
        found.dmarc().forEach(result -> count("dmarc", result.status().text()));
        count("arc", found.arc().chain().status().text());
        found.dnsbl().forEach(result -> count("dnsbl", result.status().text()));
        found.scans().forEach(result -> count(result.scanner(), result.finding().text()));
        countByDomain(found);
        found.dmarc().stream()
                .filter(result -> result.status() == DmarcResult.Status.FAIL)
                .map(result -> ownFailures.get(result.authorDomain()))
                .filter(counter -> counter != null)
                .forEach(Counter::increment);
    }

    private void countByDomain(Verification found) {
        DmarcResult dmarc = Dmarc.strictest(found.dmarc());
        String domain = domains.of(dmarc.authorDomain());
        countOf(domain, "dmarc", dmarc.status().text());
        countOf(domain, "spf", found.spf().status().text());
        countOf(
                domain,
                "dkim",
                found.bestDkim().map(result -> result.status().text()).orElse("none"));
    }

    private void register(String method, List<String> results) {
        results.forEach(result -> counters.computeIfAbsent(new Outcome(method, result), this::register));
    }

    private void count(String method, String result) {
        counters.computeIfAbsent(new Outcome(method, result), this::register).increment();
    }

    private Counter register(Outcome outcome) {
        return Counter.builder("facteur.auth.results")
                .description("Results of authentication methods on messages from outside")
                .tag("method", outcome.method())
                .tag("result", outcome.result())
                .register(registry);
    }

    private void countOf(String domain, String method, String result) {
        byDomain.computeIfAbsent(new DomainOutcome(domain, new Outcome(method, result)), this::register)
                .increment();
    }

    private Counter register(DomainOutcome one) {
        return Counter.builder("facteur_auth_domain_results_total")
                .description(
                        "Results on messages from outside by the domain of their author; the best signature's for dkim")
                .tag("domain", one.domain())
                .tag("method", one.outcome().method())
                .tag("result", one.outcome().result())
                .register(registry);
    }

    private void forget(String domain) {
        byDomain.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().domain().equals(domain);
            if (gone) {
                registry.remove(entry.getValue());
            }
            return gone;
        });
    }

    /** On the view's thread. */
    private void ownDomain(String domain, Optional<DomainEntry> entry) {
        if (entry.isPresent()) {
            ownFailures.computeIfAbsent(domain, name -> Counter.builder("facteur_dmarc_own_failures_total")
                    .description("Messages from outside that claim a domain of ours in From and fail DMARC")
                    .tag("domain", name)
                    .register(registry));
        } else {
            Optional.ofNullable(ownFailures.remove(domain)).ifPresent(registry::remove);
        }
    }
}
