package org.facteur.verifier.arc;

import java.util.Locale;

/**
 * A domain whose ARC seals are believed.
 *
 * @param domain in lower-case A-labels
 * @param below whether the domains below it are believed as well
 */
public record TrustedSealer(String domain, boolean below) {
    /** Reads {@code example.org} (this very domain) or {@code .example.org} (and all below); else IllegalArgumentException. */
    public static TrustedSealer parse(String text) {
        boolean below = text.startsWith(".");
        String domain = text.substring(below ? 1 : 0).toLowerCase(Locale.ROOT);
        if (!domain.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+")) {
            throw new IllegalArgumentException(text);
        }
        return new TrustedSealer(domain, below);
    }

    /** Whether a seal with that d= is believed. */
    public boolean covers(String sealer) {
        return sealer.equals(domain) || below && sealer.endsWith("." + domain);
    }
}
