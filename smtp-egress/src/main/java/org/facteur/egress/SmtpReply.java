package org.facteur.egress;

import java.util.List;

/**
 * A reply of the other side (RFC 5321 section 4.2).
 *
 * @param code three digits
 * @param lines the texts after the code, one or more
 */
record SmtpReply(int code, List<String> lines) {
    private static final int LONGEST_TEXT = 1000;

    /** Done (RFC 5321 section 4.2.1: positive completion). */
    boolean isPositive() {
        return code >= 200 && code < 300;
    }

    boolean isPermanent() {
        return code >= 500;
    }

    /** The whole reply in one line, its first 1,000 characters. */
    String text() {
        String text = code + " " + String.join(" ", lines);
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    /** The enhanced status code that the text begins with (RFC 2034) if it is of the reply's class, or the general one. */
    String enhanced() {
        String first = lines.get(0).split(" ", 2)[0];
        return first.matches(code / 100 + "\\.\\d{1,3}\\.\\d{1,3}") ? first : code / 100 + ".0.0";
    }
}
