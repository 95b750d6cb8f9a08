package org.facteur.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of smtp-egress. */
final class EgressMetrics {
    private final MeterRegistry meters;
    private final AtomicLong deferred = new AtomicLong();

    EgressMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("facteur_queue_deferred", deferred, AtomicLong::doubleValue)
                .description("Messages to remote domains that wait for another attempt or are held")
                .register(meters);
    }

    /** One attempt and what it came to: sent, deferred, bounced. */
    void attempted(String outcome) {
        Counter.builder("facteur_egress_attempts_total")
                .description("Attempts to hand a message over to one domain, by outcome")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    /** How many entries the deferred queue has now. */
    void deferred(long entries) {
        deferred.set(entries);
    }
}
