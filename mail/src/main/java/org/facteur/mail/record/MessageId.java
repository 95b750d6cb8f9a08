package org.facteur.mail.record;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The platform's own id of a message, given at acceptance and carried through every stage: 26 characters of Crockford's
 * base 32, of which the first 10 are the time in milliseconds and the other 16 are random, so that ids sort by time. It is
 * not the Message-ID field of RFC 5322.
 */
public record MessageId(String value) {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");

    /** Makes an id for a message that arrives now. */
    public static MessageId next(Clock clock) {
        char[] text = new char[26];
        long time = clock.millis();
        for (int i = 9; i >= 0; i--, time >>>= 5) {
            text[i] = ALPHABET[(int) (time & 31)];
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong();
        long low = random.nextLong();
        for (int i = 0; i < 8; i++) {
            text[10 + i] = ALPHABET[(int) (high >>> (5 * i)) & 31];
            text[18 + i] = ALPHABET[(int) (low >>> (5 * i)) & 31];
        }
        return new MessageId(new String(text));
    }

    /** Whether a text has the form of an id; a person may have mistyped it. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
