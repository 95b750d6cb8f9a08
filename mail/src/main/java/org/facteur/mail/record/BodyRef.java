package org.facteur.mail.record;

import java.util.Locale;

/**
 * Names a body in the body store.
 *
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 * @param size octets
 */
public record BodyRef(String sha256, long size) {
    /** Refuses what is no SHA-256 in hexadecimal, so that a name can never point outside of the store. */
    public BodyRef {
        if (sha256.length() != 64 || !sha256.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + sha256);
        }
    }

    /** The form in the record header {@code body}: {@code sha256:size}. */
    public String text() {
        return sha256 + ":" + size;
    }

    /** Reads {@link #text()}; fails with IllegalArgumentException on anything else. */
    public static BodyRef parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a body reference: " + text);
        }
        return new BodyRef(
                text.substring(0, colon).toLowerCase(Locale.ROOT), Long.parseLong(text.substring(colon + 1)));
    }
}
