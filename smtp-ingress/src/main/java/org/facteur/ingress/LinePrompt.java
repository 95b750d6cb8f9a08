package org.facteur.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.platform.net.RawReader;

/** Reads the one line that answers a prompt within a command (RFC 4954 section 4). */
public final class LinePrompt implements RawReader {
    private static final int LONGEST = 12_288;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte before;
    private boolean malformed;

    @Override
    public int read(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            byte octet = bytes[offset + i];
            malformed |= (before == '\r') != (octet == '\n');
            before = octet;
            if (octet == '\n') {
                return length - i - 1;
            }
            if (line.size() >= LONGEST) {
                throw new Refusal(Reply.of(500, "5.5.6", "line too long").then(Reply.Next.CLOSE));
            }
            line.write(octet);
        }
        return MORE;
    }

    /** Whether it had a CR or LF of its own: such a line is read and not believed. */
    public boolean isMalformed() {
        return malformed;
    }

    /** The line without its end. */
    public String text() {
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
