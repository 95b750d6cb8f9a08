package org.facteur.verifier;

import java.net.IDN;
import java.util.Locale;

/** Domain names as DNS has them: lower-case A-labels (RFC 5890 section 2.3.2.1), without a final dot. */
public final class AsciiDomain {
    private static final int LONGEST_NAME = 254;

    private AsciiDomain() {}

    /** The name in A-labels; empty where it has none. What is ASCII already is not checked further. */
    public static String of(String name) {
        String ascii = name;
        if (!isAscii(name)) {
            if (name.length() > LONGEST_NAME) {
                return "";
            }
            try {
                ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return "";
            }
        }
        ascii = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return ascii.toLowerCase(Locale.ROOT);
    }

    /** Whether a text is ASCII. */
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
