package org.facteur.verifier;

import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.results.Verification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells mail.journey what was found and decided. It promises nothing: what cannot be told is logged. */
final class Journey {
    private static final Logger LOG = LoggerFactory.getLogger(Journey.class);

    private final RecordProducer producer;
    private final Clock clock;

    Journey(RecordProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Tells the end of a message that was taken up at {@code begin} (nanoTime); {@code decided} may have become late. */
    void tell(Received received, Verdict verdict, Verdict decided, Verification found, long begin) {
        JourneyEvent event = new JourneyEvent(
                received.id(),
                clock.instant(),
                AuthVerifier.NAME,
                what(verdict),
                (System.nanoTime() - begin) / 1000,
                detail(verdict, decided, found),
                null,
                null);
        producer.send(new ProducerRecord<>(Topic.JOURNEY.topicName(), received.id(), Json.bytes(event)))
                .onFailure(cause -> LOG.warn("{}: journey not told", received.id(), cause));
    }

    private static String what(Verdict verdict) {
        return switch (verdict.decision()) {
            case ACCEPT -> "verified";
            case QUARANTINE -> "quarantined";
            case REJECT -> "refused";
        };
    }

    static String detail(Verdict verdict, Verdict decided, Verification found) {
        StringBuilder out = new StringBuilder(120);
        out.append("iprev=").append(found.iprev().status().text());
        out.append(" spf=").append(found.spf().status().text());
        out.append(" dkim=")
                .append(found.bestDkim().map(best -> best.status().text()).orElse("none"));
        out.append(" dmarc=").append(Dmarc.strictest(found.dmarc()).status().text());
        if (found.arc().isChained()) {
            out.append(" arc=").append(found.arc().chain().status().text());
        }
        found.arc().override().ifPresent(pass -> out.append(", overridden by the chain of ")
                .append(pass.sealer()));
        found.scans().forEach(scan -> out.append(' ')
                .append(scan.scanner())
                .append('=')
                .append(scan.finding().text()));
        if (decided.decision() == Verdict.Decision.REJECT) {
            out.append(verdict.decision() == Verdict.Decision.REJECT ? ": " : ", too late to refuse: ")
                    .append(decided.code())
                    .append(' ')
                    .append(decided.enhanced())
                    .append(' ')
                    .append(decided.text());
        }
        return out.toString();
    }
}
