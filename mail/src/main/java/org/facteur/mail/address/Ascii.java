package org.facteur.mail.address;

/** Character classes of RFC 5321 and RFC 5322. */
public final class Ascii {
    private static final boolean[] ATEXT = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            ATEXT[c] = true;
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            ATEXT[c] = true;
            ATEXT[c + 32] = true;
        }
        for (char c : "!#$%&'*+-/=?^_`{|}~".toCharArray()) {
            ATEXT[c] = true;
        }
    }

    private Ascii() {}

    /** RFC 5322 section 3.2.3, with every character beyond ASCII (RFC 6532 section 3.2). */
    static boolean atext(char c) {
        return c >= 128 ? c > 0x9f : ATEXT[c];
    }

    /** Whether a text is ASCII alone. */
    public static boolean only(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
