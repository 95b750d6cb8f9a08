package org.facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Growing octets of an IMAP response (RFC 9051 section 4). Texts have one character per octet. */
public final class WireBuffer {
    /** Longest text that is written between quotes, in octets; a longer one is a literal. */
    private static final int MAX_QUOTED = 1000;

    private byte[] octets;
    private int length;

    /** An empty buffer with room for that many octets; it grows by itself. */
    public WireBuffer(int capacity) {
        octets = new byte[Math.max(capacity, 16)];
    }

    /** Appends syntax: ASCII that is not quoted. */
    @SuppressWarnings("deprecation") // String.getBytes by low byte copies without an encoder
    public WireBuffer raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), octets, length);
        length += ascii.length();
        return this;
    }

    /** Appends one octet. */
    public WireBuffer raw(char ascii) {
        room(1);
        octets[length++] = (byte) ascii;
        return this;
    }

    /** Appends a number. */
    public WireBuffer number(int value) {
        return raw(Integer.toString(value));
    }

    /** Appends {@code nstring}: NIL for an absent text. */
    public WireBuffer nstring(Optional<String> text) {
        return text.isPresent() ? string(text.get()) : raw("NIL");
    }

    /**
     * Appends {@code string}: quoted when all octets are printable ASCII or tab, a literal otherwise. A NUL can be in neither
     * (RFC 9051 section 4.3) and is left out.
     */
    public WireBuffer string(String text) {
        int size = text.length();
        int escapes = 0;
        boolean quotable = size <= MAX_QUOTED;
        boolean nul = false;
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            escapes += c == '"' || c == '\\' ? 1 : 0;
            quotable &= (c >= ' ' && c < 0x7f) || c == '\t';
            nul |= c == 0;
        }
        if (nul) {
            return string(text.replace("\0", ""));
        }
        if (!quotable) {
            return raw('{').number(size).raw("}\r\n").raw(text);
        }
        if (escapes == 0) {
            return raw('"').raw(text).raw('"');
        }
        return raw('"').raw(text.replace("\\", "\\\\").replace("\"", "\\\"")).raw('"');
    }

    private void room(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
    }

    /** How many octets there are. */
    public int length() {
        return length;
    }

    /** A copy of the octets. */
    public byte[] toBytes() {
        return Arrays.copyOf(octets, length);
    }

    /** The octets, one character each. */
    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
