package org.facteur.mail.header;

import java.util.Arrays;

/** Base64 as mail has it (RFC 2045 section 6.8): what is outside the alphabet is skipped, missing padding is no error. */
public final class LenientBase64 {
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private LenientBase64() {}

    /** Decodes the octets from {@code from} to before {@code to}; padding ends a quantum, and what follows is read on. */
    public static byte[] decode(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[(int) ((to - from) * 3L / 4 + 3)];
        int length = 0;
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int value = VALUES[bytes[i] & 0xff];
            if (value >= 0) {
                bits = bits << 6 | value;
                if (++count == 4) {
                    decoded[length++] = (byte) (bits >> 16);
                    decoded[length++] = (byte) (bits >> 8);
                    decoded[length++] = (byte) bits;
                    count = 0;
                }
            } else if (bytes[i] == '=' && count > 0) {
                length = rest(decoded, length, bits, count);
                count = 0;
            }
        }
        length = rest(decoded, length, bits, count);
        return Arrays.copyOf(decoded, length);
    }

    private static int rest(byte[] decoded, int length, int bits, int count) {
        int at = length;
        if (count >= 2) {
            decoded[at++] = (byte) (bits << 6 * (4 - count) >> 16);
        }
        if (count == 3) {
            decoded[at++] = (byte) (bits << 6 >> 8);
        }
        return at;
    }
}
