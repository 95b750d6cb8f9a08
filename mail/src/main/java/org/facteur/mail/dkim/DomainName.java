package org.facteur.mail.dkim;

import java.util.Optional;
import org.facteur.mail.address.Idn;

/** Domain names in tags: letters, digits, hyphens and underscores, or U-labels (RFC 8616 section 4). */
public final class DomainName {
    private DomainName() {}

    /** The name in lower-case A-labels; empty where the text cannot be looked up. */
    public static Optional<String> toAscii(String text) {
        return Idn.toAscii(text).filter(DomainName::isName);
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
