package org.facteur.mail.dkim;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/** Domain names in tags: letters, digits, hyphens and underscores, or U-labels (RFC 8616 section 4). */
final class DomainName {
    private DomainName() {}

    /** The name in lower-case A-labels; empty where the text cannot be looked up. */
    static Optional<String> toAscii(String text) {
        String name = text;
        if (!isAscii(text)) {
            try {
                name = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }
        name = name.toLowerCase(Locale.ROOT);
        return isName(name) ? Optional.of(name) : Optional.empty();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                if (++label > 63) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return label > 0;
    }
}
