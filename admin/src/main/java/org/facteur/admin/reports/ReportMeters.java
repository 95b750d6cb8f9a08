package org.facteur.admin.reports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.mail.record.DomainEntry;
import org.facteur.platform.directory.TableView;

/** Counts what others report; each domain of ours has its counters from the moment it is known. */
final class ReportMeters {
    /** What came of a report. */
    enum Outcome {
        /** It is kept and counted. */
        READ,
        /** It is kept with the reason. */
        UNREADABLE,
        /** It was here before. */
        DUPLICATE,
        /** It is kept, but its sender is forged: its figures count for nothing. */
        FORGED
    }

    private record OfDomain(Counter passed, Counter failed) {}

    private final MeterRegistry registry;
    private final Map<Outcome, Counter> dmarc = new EnumMap<>(Outcome.class);
    private final Map<String, OfDomain> messages = new ConcurrentHashMap<>();
    private final Map<String, OfDomain> sessions = new ConcurrentHashMap<>();

    ReportMeters(MeterRegistry registry, TableView<DomainEntry> own) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            dmarc.put(
                    outcome,
                    Counter.builder("facteur_dmarc_reports_total")
                            .description("Messages with reports of others about our domains")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        own.onChange(this::domain);
    }

    void report(Outcome outcome) {
        dmarc.get(outcome).increment();
    }

    /** Counts what a report tells about a domain of ours. */
    void reported(String domain, Report report) {
        OfDomain counters = (report instanceof DmarcReport ? messages : sessions).get(domain);
        if (counters != null) {
            counters.passed().increment(report.passed());
            counters.failed().increment(report.failed());
        }
    }

    /** On the view's thread. */
    private void domain(String domain, Optional<DomainEntry> entry) {
        if (entry.isPresent()) {
            messages.computeIfAbsent(
                    domain,
                    name -> register(
                            name,
                            "facteur_dmarc_reported_messages_total",
                            "Messages in the name of a domain of ours, as others' DMARC reports tell"));
            sessions.computeIfAbsent(
                    domain,
                    name -> register(
                            name,
                            "facteur_tls_reported_sessions_total",
                            "Connections to a domain of ours, as others' TLS reports tell"));
        } else {
            forget(messages.remove(domain));
            forget(sessions.remove(domain));
        }
    }

    private OfDomain register(String domain, String name, String description) {
        return new OfDomain(
                Counter.builder(name)
                        .description(description)
                        .tags("domain", domain, "result", "pass")
                        .register(registry),
                Counter.builder(name)
                        .description(description)
                        .tags("domain", domain, "result", "fail")
                        .register(registry));
    }

    private void forget(OfDomain counters) {
        if (counters != null) {
            registry.remove(counters.passed());
            registry.remove(counters.failed());
        }
    }
}
