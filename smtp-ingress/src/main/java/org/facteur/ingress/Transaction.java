package org.facteur.ingress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.facteur.mail.record.Recipient;

/** One mail transaction (RFC 5321 section 3.3): from MAIL until the end of data or RSET. */
public final class Transaction {
    /** RFC 5321 section 4.5.3.1.8 asks for room for 100 at least. */
    public static final int MOST_RECIPIENTS = 100;

    private static final int MOST_TARGETS = 1000;

    private final String reversePath;
    private final boolean smtputf8;
    private final long begin = System.nanoTime();
    private final List<String> forwardPaths = new ArrayList<>(1);
    private final Map<String, Recipient> targets = new LinkedHashMap<>();
    private Optional<Chunks> chunks = Optional.empty();

    /** Begins with the arguments of MAIL; an empty reverse-path is the null one. */
    public Transaction(String reversePath, boolean smtputf8) {
        this.reversePath = reversePath;
        this.smtputf8 = smtputf8;
    }

    /** Adds what one RCPT resolved to; false when there is no room. */
    public boolean add(String forwardPath, List<Recipient> resolved) {
        if (forwardPaths.size() >= MOST_RECIPIENTS || targets.size() + resolved.size() > MOST_TARGETS) {
            return false;
        }
        forwardPaths.add(forwardPath);
        resolved.forEach(recipient -> targets.putIfAbsent(recipient.target(), recipient));
        return true;
    }

    /** Empty for the null reverse-path. */
    public String reversePath() {
        return reversePath;
    }

    /** Whether MAIL asked for SMTPUTF8. */
    public boolean smtputf8() {
        return smtputf8;
    }

    /** As RCPT gave them. */
    public List<String> forwardPaths() {
        return forwardPaths;
    }

    /** What they resolved to, each target once. */
    public List<Recipient> recipients() {
        return List.copyOf(targets.values());
    }

    /** Whether there is anybody to send to. */
    public boolean hasRecipients() {
        return !forwardPaths.isEmpty();
    }

    /** When MAIL came, of System.nanoTime. */
    public long begin() {
        return begin;
    }

    /** Whether BDAT has begun the message. */
    public boolean isChunked() {
        return chunks.isPresent();
    }

    /** What BDAT gathers; begun with the first chunk. */
    public Chunks chunks(Supplier<Intake> intake) {
        if (chunks.isEmpty()) {
            chunks = Optional.of(Chunks.into(intake.get()));
        }
        return chunks.get();
    }

    /** Throws away what BDAT has gathered. */
    void discard() {
        chunks.ifPresent(gathered -> gathered.intake().discard());
    }
}
