package org.facteur.verifier;

import org.facteur.mail.address.Idn;

/** Domain names as DNS has them: lower-case A-labels (RFC 5890 section 2.3.2.1), without a final dot. */
public final class AsciiDomain {
    private AsciiDomain() {}

    /** The name in A-labels; empty where it has none. What is ASCII already is not checked further. */
    public static String of(String name) {
        String ascii = Idn.toAscii(name).orElse("");
        return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    }
}
