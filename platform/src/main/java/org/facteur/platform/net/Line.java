package org.facteur.platform.net;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * One line of the client without its end: a slice of what came from the socket, uncopied. The octets are never reused
 * and may be kept, which keeps the whole segment (at most 64 KiB) in memory; they are not to be changed.
 */
public final class Line {

    private final byte[] bytes;
    private final int offset;
    private final int length;

    /** A line within an array. */
    public Line(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A line of a text, UTF-8. */
    public static Line of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Line(bytes, 0, bytes.length);
    }

    /** The array that holds the line, and more. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes()} the line begins. */
    public int offset() {
        return offset;
    }

    /** How many octets it has. */
    public int length() {
        return length;
    }

    /** The octet at an index from 0 to {@code length() - 1}, as a number from 0 to 255. */
    public int at(int index) {
        return bytes[offset + index] & 0xff;
    }

    /** Whether the line begins with an ASCII word, in whatever case. */
    public boolean startsWith(String word) {
        if (word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (upper(at(i)) != upper(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int upper(int octet) {
        return octet >= 'a' && octet <= 'z' ? octet - 32 : octet;
    }

    /** The line from an index to its end. */
    public Line from(int index) {
        return new Line(bytes, offset + index, length - index);
    }

    /** The line as text. */
    public String text(Charset charset) {
        return new String(bytes, offset, length, charset);
    }

    /** A copy of the octets. */
    public byte[] copy() {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        return copy;
    }

    /** The line as text, each octet one char. */
    @Override
    public String toString() {
        return text(StandardCharsets.ISO_8859_1);
    }
}
