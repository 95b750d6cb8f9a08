package org.facteur.mailbox.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** The meters of mailbox-store. */
final class StoreMetrics {
    private final DistributionSummary batchSize;
    private final Timer batchTime;
    private final Timer delivery;

    StoreMetrics(MeterRegistry meters) {
        batchSize = DistributionSummary.builder("facteur_store_batch_size")
                .description("Messages written by one transaction")
                .baseUnit("messages")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 400)
                .register(meters);
        batchTime = Timer.builder("facteur_store_batch_seconds")
                .description("Time of one transaction that writes deliveries")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
        delivery = Timer.builder("facteur_delivery_seconds")
                .description("Acceptance to mailbox: from the end of data to the commit")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
    }

    void batch(int messages, long nanos) {
        batchSize.record(messages);
        batchTime.record(Duration.ofNanos(nanos));
    }

    void delivered(Instant acceptedAt, Instant now) {
        Duration time = Duration.between(acceptedAt, now);
        delivery.record(time.isNegative() ? Duration.ZERO : time);
    }
}
