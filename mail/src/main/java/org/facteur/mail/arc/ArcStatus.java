package org.facteur.mail.arc;

import java.util.Locale;
import java.util.Optional;

/** The Chain Validation Status (RFC 8617 section 4.4): what a chain is worth, and the value of cv= in a seal. */
public enum ArcStatus {
    /** There is no chain. */
    NONE,
    /** The chain is intact. */
    PASS,
    /** The chain is broken, for good. */
    FAIL;

    /** The word in Authentication-Results and in cv=. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word; case matters in tags. */
    public static Optional<ArcStatus> named(String text) {
        return switch (text) {
            case "none" -> Optional.of(NONE);
            case "pass" -> Optional.of(PASS);
            case "fail" -> Optional.of(FAIL);
            default -> Optional.empty();
        };
    }
}
