package org.facteur.verifier;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcRecord;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells auth.observations what DMARC said about each author domain, for the reports to its owner. It promises nothing: what
 * cannot be told is logged, and counted with all that Kafka did not take.
 */
final class Observations {
    private static final Logger LOG = LoggerFactory.getLogger(Observations.class);
    private static final int MOST_SIGNATURES = 10;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_REASON = 120;
    private static final int LONGEST_COMMENT = 1000;

    private final RecordProducer producer;
    private final Clock clock;

    Observations(RecordProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /**
     * Tells what was found, where the owner asks for reports and his policy could be evaluated; {@code verdict} is what really
     * happened.
     */
    void tell(Received received, Verdict verdict, Verification found) {
        for (AuthObservation observation : of(received, verdict, found, clock.instant())) {
            producer.send(new ProducerRecord<>(
                            Topic.OBSERVATIONS.topicName(), observation.policy().domain(), Json.bytes(observation)))
                    .onFailure(cause -> LOG.warn("{}: observation not told", received.id(), cause));
        }
    }

    static List<AuthObservation> of(Received received, Verdict verdict, Verification found, Instant now) {
        return found.dmarc().stream()
                .filter(result -> result.record()
                        .filter(record -> !record.rua().isEmpty())
                        .isPresent())
                .filter(result ->
                        result.status() == DmarcResult.Status.PASS || result.status() == DmarcResult.Status.FAIL)
                .map(result -> observation(received, verdict, found, result, now))
                .toList();
    }

    private static AuthObservation observation(
            Received received, Verdict verdict, Verification found, DmarcResult result, Instant now) {
        DmarcRecord record = result.record().orElseThrow();
        DmarcPolicy applied = applied(verdict, result);
        return new AuthObservation(
                AuthObservation.VERSION,
                received.id(),
                now,
                ClientAddress.text(found.client()),
                disposition(result, record, applied),
                overrides(found, result, record, applied),
                result.authorDomain(),
                domainOf(received.reversePath()),
                envelopeTo(received),
                result.dkimAligned(),
                result.spfAligned(),
                spf(found.spf()),
                dkim(found.dkim()),
                published(result.policyDomain(), record));
    }

    /** What DMARC led to, at most what it asks for: another reason to refuse is not its doing. */
    private static DmarcPolicy applied(Verdict verdict, DmarcResult result) {
        DmarcPolicy happened =
                switch (verdict.decision()) {
                    case ACCEPT -> DmarcPolicy.NONE;
                    case QUARANTINE -> DmarcPolicy.QUARANTINE;
                    case REJECT -> DmarcPolicy.REJECT;
                };
        return happened.compareTo(result.requested()) > 0 ? result.requested() : happened;
    }

    private static String disposition(DmarcResult result, DmarcRecord record, DmarcPolicy applied) {
        boolean passesEnforced = result.status() == DmarcResult.Status.PASS && record.policy() != DmarcPolicy.NONE;
        return passesEnforced ? "pass" : applied.text();
    }

    private static List<AuthObservation.Override> overrides(
            Verification found, DmarcResult result, DmarcRecord record, DmarcPolicy applied) {
        List<AuthObservation.Override> reasons = new ArrayList<>();
        if (result.status() == DmarcResult.Status.FAIL && record.testing() && record.policy() != DmarcPolicy.NONE) {
            reasons.add(new AuthObservation.Override("policy_test_mode", ""));
        }
        if (applied.compareTo(result.requested()) < 0) {
            // RFC 8617 section 7.2.2
            String chain = found.arc().override().isPresent() ? found.arc().comment() : "";
            reasons.add(new AuthObservation.Override("local_policy", cut(chain, LONGEST_COMMENT)));
        }
        return reasons;
    }

    private static AuthObservation.Spf spf(SpfResult spf) {
        return new AuthObservation.Spf(
                cut(spf.domain(), LONGEST_NAME),
                spf.mailFrom() ? "mfrom" : "helo",
                spf.status().text());
    }

    /** Those that pass first (RFC 9990 section 3.1.4), without those that cannot be read: they have no domain. */
    private static List<AuthObservation.Dkim> dkim(List<DkimResult> results) {
        return results.stream()
                .filter(result -> result.signature().isPresent())
                .sorted(Comparator.comparing(DkimResult::passes).reversed())
                .limit(MOST_SIGNATURES)
                .map(result -> new AuthObservation.Dkim(
                        cut(result.signature().orElseThrow().domain(), LONGEST_NAME),
                        cut(result.signature().orElseThrow().selector(), LONGEST_NAME),
                        result.status().text(),
                        cut(result.reason(), LONGEST_REASON)))
                .toList();
    }

    private static AuthObservation.Published published(String domain, DmarcRecord record) {
        return new AuthObservation.Published(
                domain,
                record.policy().text(),
                record.subdomains().text(),
                record.nonexistent().text(),
                record.strictDkim() ? "s" : "r",
                record.strictSpf() ? "s" : "r",
                record.testing(),
                switch (record.psd()) {
                    case YES -> "y";
                    case NO -> "n";
                    case UNKNOWN -> "u";
                },
                record.rua());
    }

    private static String envelopeTo(Received received) {
        List<String> domains = received.recipients().stream()
                .map(recipient -> domainOf(recipient.original()))
                .distinct()
                .toList();
        return domains.size() == 1 ? domains.get(0) : "";
    }

    private static String domainOf(String address) {
        return cut(address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT), LONGEST_NAME);
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
