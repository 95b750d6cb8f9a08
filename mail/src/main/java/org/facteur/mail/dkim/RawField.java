package org.facteur.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One header field as a slice of the message's bytes, exactly as it arrived: name, colon, value, folding and line end.
 *
 * @param bytes holds the field; not copied
 * @param start of the field name
 * @param colon position of the colon; {@code start} where the line is no header field
 * @param end behind the last line end of the field
 */
public record RawField(byte[] bytes, int start, int colon, int end) {
    /** The field name in lower case, without the white space that obsolete syntax allows before the colon. */
    public String name() {
        return new String(bytes, start, nameEnd() - start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Whether this is the field's name; {@code name} is in lower case. */
    boolean isNamed(String name) {
        int length = nameEnd() - start;
        if (length != name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(bytes[start + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the name ends: at the colon, or at the white space before it. */
    int nameEnd() {
        int last = colon;
        while (last > start && isWsp(bytes[last - 1])) {
            last--;
        }
        return last;
    }

    /** The unfolded value, without white space around it, read as UTF-8. */
    public String value() {
        String text = new String(bytes, colon + 1, end - colon - 1, StandardCharsets.UTF_8);
        return text.replace("\r\n", "").replace("\n", "").strip();
    }

    /** A field of its own made of text such as {@code "Subject: x\r\n"}. */
    public static RawField of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RawField(bytes, 0, Math.max(0, text.indexOf(':')), bytes.length);
    }

    static char lower(byte b) {
        return (char) (b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff);
    }

    static boolean isWsp(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Where the field's line end begins; {@link #end()} where it has none. */
    int contentEnd() {
        int last = end;
        if (last > start && bytes[last - 1] == '\n') {
            last--;
            if (last > start && bytes[last - 1] == '\r') {
                last--;
            }
        }
        return last;
    }
}
