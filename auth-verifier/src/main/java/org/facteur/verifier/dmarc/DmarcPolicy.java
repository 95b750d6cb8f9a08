package org.facteur.verifier.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain owner asks for when a message fails (p=, sp=, np=), from mild to strict. */
public enum DmarcPolicy {
    /** Nothing. */
    NONE,
    /** Treat it with suspicion: Junk. */
    QUARANTINE,
    /** Refuse it. */
    REJECT;

    /** The word in records. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of that word, in any case. */
    public static Optional<DmarcPolicy> named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(NONE);
            case "quarantine" -> Optional.of(QUARANTINE);
            case "reject" -> Optional.of(REJECT);
            default -> Optional.empty();
        };
    }

    /** One level milder, for domains that test (t=y, RFC 9989 section 4.7). */
    DmarcPolicy milder() {
        return this == REJECT ? QUARANTINE : NONE;
    }
}
