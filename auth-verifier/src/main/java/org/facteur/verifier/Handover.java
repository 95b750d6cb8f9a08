package org.facteur.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Verdict;

/**
 * What becomes of a verified message.
 *
 * @param verdict for the session that waits
 * @param deliver for the mailboxes here; empty where it is refused or no recipient is local
 * @param forwards one per address that sends on to elsewhere
 */
record Handover(Verdict verdict, Optional<Deliver> deliver, List<Submitted> forwards) {
    private static final Duration MOST_MARGIN = Duration.ofSeconds(1);
    private static final int MARGIN_PART = 20;

    /**
     * Decides between refusing in the session and Junk, then makes the records.
     *
     * @param results the Authentication-Results field to prepend
     * @param arc what the message's ARC chain is worth, for who seals it on its way; empty where that is not known
     */
    static Handover of(Received received, Verdict decided, String results, Optional<ArcStatus> arc, Instant now) {
        boolean rejects = decided.decision() == Verdict.Decision.REJECT;
        if (rejects && !isLate(received, now)) {
            return new Handover(decided, Optional.empty(), List.of());
        }
        Verdict verdict = rejects ? Verdict.quarantine(received.id()) : decided;
        List<Recipient> local = new ArrayList<>();
        Map<String, List<Recipient>> remote = new LinkedHashMap<>();
        for (Recipient recipient : received.recipients()) {
            if (recipient.reports()) {
                continue; // see ReportHandover
            }
            if (recipient.local()) {
                local.add(recipient);
            } else {
                remote.computeIfAbsent(recipient.original(), address -> new ArrayList<>())
                        .add(recipient);
            }
        }
        String prepend = results + received.prepend();
        boolean junk = verdict.decision() == Verdict.Decision.QUARANTINE;
        return new Handover(
                verdict,
                local.isEmpty() ? Optional.empty() : Optional.of(deliver(received, local, junk, prepend, now)),
                remote.entrySet().stream()
                        .map(forward -> forward(received, forward.getKey(), forward.getValue(), prepend, arc, now))
                        .toList());
    }

    /**
     * Whether the client may have its 250 before a refusal reaches it: a twentieth of the whole wait, at most a second, is
     * left for the way there.
     */
    static boolean isLate(Received received, Instant now) {
        return now.isAfter(received.deadline().minus(margin(received)));
    }

    /** How long the checks may take for their verdict to be in time, and at most {@code most}; {@code most} when late. */
    static Duration timeLeft(Received received, Instant now, Duration most) {
        Duration left = Duration.between(now, received.deadline())
                .minus(margin(received).multipliedBy(2));
        return left.isNegative() || left.isZero() || left.compareTo(most) > 0 ? most : left;
    }

    private static Duration margin(Received received) {
        Duration part =
                Duration.between(received.receivedAt(), received.deadline()).dividedBy(MARGIN_PART);
        return part.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : part;
    }

    private static Deliver deliver(
            Received received, List<Recipient> recipients, boolean junk, String prepend, Instant now) {
        return new Deliver(
                Deliver.VERSION,
                received.id(),
                now,
                received.reversePath(),
                recipients,
                junk ? Deliver.Disposition.JUNK : Deliver.Disposition.INBOX,
                prepend);
    }

    private static Submitted forward(
            Received received,
            String account,
            List<Recipient> recipients,
            String prepend,
            Optional<ArcStatus> arc,
            Instant now) {
        return new Submitted(
                Submitted.VERSION,
                received.id(),
                now,
                Submitted.Origin.FORWARD,
                account,
                received.client(),
                received.reversePath(),
                recipients,
                received.smtputf8(),
                prepend,
                arc);
    }
}
