package org.facteur.mailbox.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meters of mailbox-store. */
final class StoreMetrics {
    private final DistributionSummary batchSize;
    private final Timer batchTime;
    private final Timer delivery;
    private final Counter bodies;
    private final Map<Folder, Counter> messages = new EnumMap<>(Folder.class);

    /** Where a message was delivered to. */
    enum Folder {
        INBOX("INBOX"),
        JUNK("Junk"),
        OTHER("other");

        private final String label;

        Folder(String label) {
            this.label = label;
        }
    }

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
        bodies = Counter.builder("facteur_store_bodies_octets_total")
                .description("Octets of the bodies of messages that were written, a body once in each transaction")
                .register(meters);
        for (Folder folder : Folder.values()) {
            messages.put(
                    folder,
                    Counter.builder("facteur_store_messages_total")
                            .description("Messages delivered to mailboxes, by folder")
                            .tag("folder", folder.label)
                            .register(meters));
        }
    }

    void batch(int messages, long nanos) {
        batchSize.record(messages);
        batchTime.record(Duration.ofNanos(nanos));
    }

    /** What a transaction has written: the octets of each body once, however many accounts got it. */
    void written(List<EmailWriter.Written> written) {
        Map<ByteBuffer, Long> sizes = new HashMap<>();
        written.forEach(one -> sizes.put(
                ByteBuffer.wrap(one.source().message().hash()),
                one.source().message().bodySize()));
        bodies.increment(sizes.values().stream().mapToLong(Long::longValue).sum());
    }

    /** A message in a mailbox. */
    void placed(Folder folder) {
        messages.get(folder).increment();
    }

    void delivered(Instant acceptedAt, Instant now) {
        Duration time = Duration.between(acceptedAt, now);
        delivery.record(time.isNegative() ? Duration.ZERO : time);
    }
}
