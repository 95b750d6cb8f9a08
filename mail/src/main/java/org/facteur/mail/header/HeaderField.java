package org.facteur.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One header field in place: a view of the message's bytes, valid as long as they are not changed. Offsets are absolute. */
public final class HeaderField {
    private final byte[] bytes;
    private final int start;
    private final int nameEnd;
    private final int valueStart;
    private final int end;

    HeaderField(byte[] bytes, int start, int nameEnd, int valueStart, int end) {
        this.bytes = bytes;
        this.start = start;
        this.nameEnd = nameEnd;
        this.valueStart = valueStart;
        this.end = end;
    }

    /** The field's name as written; empty for a line of the header that has no colon. */
    public String name() {
        return new String(bytes, start, nameEnd - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether this is the field's name, in any case. */
    public boolean named(String name) {
        int length = nameEnd - start;
        if (length != name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int a = bytes[start + i];
            int b = name.charAt(i);
            if (a != b && (lower(a) != lower(b))) {
                return false;
            }
        }
        return true;
    }

    /** Offset of the first octet of the name. */
    public int start() {
        return start;
    }

    /** Offset of the octet behind the colon. */
    public int valueStart() {
        return valueStart;
    }

    /** Offset behind the field's last line end, which belongs to the field. */
    public int end() {
        return end;
    }

    /** Unfolded value (RFC 5322 section 2.2.3) without white space around it, as UTF-8 or, where it is not, as ISO 8859-1. */
    public String value() {
        String octets = octets();
        for (int i = 0; i < octets.length(); i++) {
            if (octets.charAt(i) >= 128) {
                return Utf8.orLatin1(octets.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return octets;
    }

    /** Unfolded value without white space around it, one character per octet (ISO 8859-1). */
    @SuppressWarnings("deprecation") // the constructor by high byte is the one that copies octets without a decoder
    public String octets() {
        int from = valueStart;
        int to = end;
        while (to > from && space(bytes[to - 1])) {
            to--;
        }
        while (from < to && space(bytes[from])) {
            from++;
        }
        boolean folded = false;
        for (int i = from; i < to && !folded; i++) {
            folded = bytes[i] == '\n' || bytes[i] == '\r';
        }
        if (!folded) {
            return new String(bytes, 0, from, to - from);
        }
        byte[] unfolded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != '\n' && !(b == '\r' && bytes[i + 1] == '\n')) {
                unfolded[length++] = b;
            }
        }
        return new String(unfolded, 0, 0, length);
    }

    void copyTo(ByteArrayOutputStream out) {
        out.write(bytes, start, end - start);
    }

    /** The field with its folding and line ends, one character per octet. */
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean space(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
