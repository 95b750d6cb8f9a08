package org.facteur.ingress;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A reply (RFC 5321 section 4.2) and what the loop does after it.
 *
 * @param enhanced status code of RFC 3463; empty where a reply has none (greeting, EHLO, 354)
 * @param lines text, one or more
 */
public record Reply(int code, String enhanced, List<String> lines, Next next) {
    /** What follows a reply. */
    public enum Next {
        /** The next command. */
        CONTINUE,
        /** The data of the message (RFC 5321 section 4.1.1.4). */
        READ_DATA,
        /** The TLS handshake (RFC 3207). */
        START_TLS,
        /** The end of the connection. */
        CLOSE
    }

    /** The usual 250. */
    public static final Reply OK = of(250, "2.0.0", "OK");

    /** A reply of one line. */
    public static Reply of(int code, String enhanced, String text) {
        return new Reply(code, enhanced, List.of(text), Next.CONTINUE);
    }

    /** The same reply with something else after it. */
    public Reply then(Next other) {
        return new Reply(code, enhanced, lines, other);
    }

    /** The octets on the wire. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(64);
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i + 1 < lines.size() ? '-' : ' ');
            if (!enhanced.isEmpty()) {
                text.append(enhanced).append(' ');
            }
            text.append(lines.get(i)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
