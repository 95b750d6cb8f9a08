package org.facteur.imap.syntax;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Builds response text octet by octet; the opposite of {@link Arguments}. Not safe for several threads. */
public final class Wire {
    private final Buffer out;

    /** Begins with nothing. */
    public Wire() {
        this(256);
    }

    /** Begins with nothing and room for so many octets. */
    public Wire(int room) {
        out = Buffer.buffer(room);
    }

    /** Adds text as it is, as UTF-8. */
    public Wire text(String text) {
        out.appendString(text);
        return this;
    }

    /** Adds octets as they are. */
    public Wire octets(byte[] octets) {
        out.appendBytes(octets);
        return this;
    }

    /** Adds octets as they are. */
    public Wire octets(Buffer octets) {
        out.appendBuffer(octets);
        return this;
    }

    /** Adds a slice as it is. */
    public Wire octets(byte[] octets, int offset, int length) {
        out.appendBytes(octets, offset, length);
        return this;
    }

    /** Adds one character of ASCII. */
    public Wire octet(char c) {
        out.appendByte((byte) c);
        return this;
    }

    /** Adds a decimal number. */
    public Wire number(long number) {
        if (number < 0) {
            out.appendString(Long.toString(number));
            return this;
        }
        if (number < 10) {
            out.appendByte((byte) ('0' + number));
            return this;
        }
        byte[] digits = new byte[20];
        int at = digits.length;
        for (long rest = number; rest > 0; rest /= 10) {
            digits[--at] = (byte) ('0' + rest % 10);
        }
        out.appendBytes(digits, at, digits.length - at);
        return this;
    }

    /** Adds a string: quoted where that is possible, else as a literal. */
    public Wire string(String text) {
        boolean quotable = text.length() <= 1000;
        for (int i = 0; quotable && i < text.length(); i++) {
            char c = text.charAt(i);
            quotable = c >= 0x20 && c <= 0x7e;
        }
        return quotable ? quoted(text) : literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a quoted string; the text must hold no line end. */
    public Wire quoted(String text) {
        return text("\"").text(text.replace("\\", "\\\\").replace("\"", "\\\"")).text("\"");
    }

    /** Adds a string or NIL. */
    public Wire nstring(Optional<String> text) {
        return text.isPresent() ? string(text.get()) : text("NIL");
    }

    /** Adds a literal. */
    public Wire literal(byte[] octets) {
        return literalSize(octets.length).octets(octets);
    }

    /** Adds a literal. */
    public Wire literal(Buffer octets) {
        return literalSize(octets.length()).octets(octets);
    }

    /** Announces a literal whose octets follow. */
    public Wire literalSize(long size) {
        return text("{").number(size).text("}\r\n");
    }

    /** Ends the line. */
    public Wire crlf() {
        return text("\r\n");
    }

    /** Octets so far. */
    public int length() {
        return out.length();
    }

    /** What was built; nothing may be added after it. */
    public Buffer buffer() {
        return out;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
