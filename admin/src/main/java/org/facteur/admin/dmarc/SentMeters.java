package org.facteur.admin.dmarc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the reports that leave. */
final class SentMeters {
    /** What came of a report. */
    enum Outcome {
        /** It is on its way. */
        SENT,
        /** No destination wants it: too large, not confirmed, no address. */
        NOWHERE,
        /** It could not be made or handed over; it is tried again. */
        FAILED
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    SentMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("facteur_dmarc_reports_sent_total")
                            .description("DMARC reports of a day to the owner of a domain")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void count(Outcome outcome) {
        counters.get(outcome).increment();
    }
}
