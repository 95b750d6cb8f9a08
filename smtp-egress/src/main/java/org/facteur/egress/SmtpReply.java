package org.facteur.egress;

import java.util.List;

/**
 * A reply of the other side (RFC 5321 section 4.2).
 *
 * @param code three digits
 * @param lines the texts after the code, one or more
 */
record SmtpReply(int code, List<String> lines) {
    boolean isPositive() {
        return code >= 200 && code < 400;
    }

    boolean isPermanent() {
        return code >= 500;
    }

    /** The whole reply in one line, as it came. */
    String text() {
        return code + " " + String.join(" ", lines);
    }

    /** The enhanced status code that the text begins with (RFC 2034), or the general one of the class. */
    String enhanced() {
        String first = lines.get(0).split(" ", 2)[0];
        return first.matches("[245]\\.\\d{1,3}\\.\\d{1,3}") ? first : code / 100 + ".0.0";
    }
}
