package org.facteur.verifier.arc;

import org.facteur.mail.dkim.DomainName;

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
        return DomainName.toAscii(text.substring(below ? 1 : 0))
                .filter(domain -> domain.indexOf('.') > 0)
                .map(domain -> new TrustedSealer(domain, below))
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Whether a seal with that d= is believed. */
    public boolean covers(String sealer) {
        return sealer.equals(domain) || below && sealer.endsWith("." + domain);
    }
}
