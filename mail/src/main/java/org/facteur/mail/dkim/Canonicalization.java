package org.facteur.mail.dkim;

import java.util.Optional;

/** How a header or a body is brought into the form that is hashed (RFC 6376 section 3.4). */
public enum Canonicalization {
    /** Nearly no change is tolerated on the way. */
    SIMPLE("simple"),
    /** White space may change, and the case of field names. */
    RELAXED("relaxed");

    private final String text;

    Canonicalization(String text) {
        this.text = text;
    }

    /** The word in the c= tag. */
    public String text() {
        return text;
    }

    /** The canonicalization of that name in the c= tag. */
    public static Optional<Canonicalization> named(String text) {
        return switch (text) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /** Appends a header field in canonical form, with its CRLF (RFC 6376 sections 3.4.1 and 3.4.2). */
    void field(RawField field, Bytes out) {
        if (this == SIMPLE) {
            out.add(field.bytes(), field.start(), field.contentEnd());
        } else {
            relaxed(field, out);
        }
        out.add('\r');
        out.add('\n');
    }

    private static void relaxed(RawField field, Bytes out) {
        byte[] bytes = field.bytes();
        int i = field.start();
        for (; i < field.colon(); i++) {
            byte b = bytes[i];
            if (!RawField.isWsp(b)) {
                out.add(b >= 'A' && b <= 'Z' ? b + 32 : b);
            }
        }
        out.add(':');
        int end = field.contentEnd();
        int valueStart = out.length();
        boolean space = false;
        for (i = field.colon() + 1; i < end; i++) {
            byte b = bytes[i];
            if (RawField.isWsp(b)) {
                space = true;
            } else if (b == '\n' || b == '\r' && i + 1 < end && bytes[i + 1] == '\n') {
                continue;
            } else {
                if (space && out.length() > valueStart) {
                    out.add(' ');
                }
                space = false;
                out.add(b);
            }
        }
    }
}
