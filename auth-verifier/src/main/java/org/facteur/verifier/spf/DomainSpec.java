package org.facteur.verifier.spf;

import java.util.Locale;
import org.facteur.mail.address.Ascii;

/** Checks and trims of domain names in SPF. */
final class DomainSpec {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private DomainSpec() {}

    /** Whether a name can be checked: several labels, none empty, none too long, no address (RFC 7208 section 4.3). */
    static boolean isCheckable(String name) {
        return isName(name) && name.indexOf('.') > 0 && name.charAt(0) != '[';
    }

    /** Whether a name can be asked for. */
    static boolean isName(String name) {
        boolean escapes = name.indexOf('\\') >= 0; // which would stand for other characters
        if (name.isEmpty() || name.length() > LONGEST_NAME || escapes || !Ascii.only(name)) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                return false;
            }
        }
        return true;
    }

    /** The name to ask for: no final dot, and labels cut on the left until it is short enough (section 7.3). */
    static String target(String expanded) {
        String name = expanded.endsWith(".") ? expanded.substring(0, expanded.length() - 1) : expanded;
        if (name.length() > LONGEST_NAME) {
            int dot = name.indexOf('.', name.length() - LONGEST_NAME - 1);
            name = name.substring(dot < 0 ? name.lastIndexOf('.') + 1 : dot + 1);
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
