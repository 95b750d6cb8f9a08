package org.facteur.mail.address;

import java.util.Locale;

/** Syntax of what follows the {@code @}: {@code Domain / address-literal} (RFC 5321 sections 4.1.2 and 4.1.3). */
final class MailDomain {
    private static final int MAX_OCTETS = 253;
    private static final int MAX_LABEL = 63;

    private MailDomain() {}

    static boolean valid(String domain) {
        if (domain.startsWith("[")) {
            return literal(domain);
        }
        if (Ascii.only(domain)) {
            return hostName(domain);
        }
        String ascii = toAscii(domain);
        return Ascii.only(ascii) && hostName(ascii);
    }

    /** Lower case A-labels; a domain that has none is returned in lower case as it is. */
    static String toAscii(String domain) {
        return Idn.toAscii(domain).orElseGet(() -> domain.toLowerCase(Locale.ROOT));
    }

    /** Labels of letters, digits and inner hyphens; an underscore is let through, as senders' domains do have it. */
    private static boolean hostName(String domain) {
        int length = domain.length();
        int label = 0;
        for (int i = 0; i < length; i++) {
            char c = domain.charAt(i);
            if (c == '.') {
                if (i == label || i - label > MAX_LABEL || domain.charAt(i - 1) == '-') {
                    return false;
                }
                label = i + 1;
            } else if (c == '-') {
                if (i == label) {
                    return false;
                }
            } else if (c != '_' && !letterOrDigit(c)) {
                return false;
            }
        }
        return length > label
                && length - label <= MAX_LABEL
                && length <= MAX_OCTETS
                && domain.charAt(length - 1) != '-';
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean literal(String domain) {
        if (domain.length() < 3 || !domain.endsWith("]")) {
            return false;
        }
        String inner = domain.substring(1, domain.length() - 1);
        int colon = inner.indexOf(':');
        if (colon < 0) {
            return ipv4(inner);
        }
        String tag = inner.substring(0, colon);
        String rest = inner.substring(colon + 1);
        if (tag.equalsIgnoreCase("IPv6")) {
            return rest.length() >= 2 && rest.length() <= 45 && rest.matches("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
        }
        return tag.matches("[0-9A-Za-z-]*[0-9A-Za-z]") && rest.matches("[!-Z^-~]+");
    }

    private static boolean ipv4(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 4) {
            return false;
        }
        for (String number : numbers) {
            if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }
}
