package org.facteur.ingress;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A reply (RFC 5321 section 4.2) and what the loop does after it. It is encoded once, when it is made, so a constant costs
 * nothing to say. What a peer or a domain has put into its text cannot make another line of it: all but printable ASCII shows as
 * question marks, and a line ends within 512 octets (section 4.5.3.1.5).
 */
public final class Reply {
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

    private static final int LONGEST = 510;

    private final int code;
    private final String enhanced;
    private final List<String> lines;
    private final Next next;
    private final Optional<Reason> reason;
    private final byte[] octets;

    private Reply(int code, String enhanced, List<String> lines, Next next, Optional<Reason> reason, byte[] octets) {
        this.code = code;
        this.enhanced = enhanced;
        this.lines = lines;
        this.next = next;
        this.reason = reason;
        this.octets = octets;
    }

    /** A reply of one line; the status code of RFC 3463 is empty where a reply has none (greeting, 354). */
    public static Reply of(int code, String enhanced, String text) {
        return of(code, enhanced, List.of(text));
    }

    /** A reply of one line or more. */
    public static Reply of(int code, String enhanced, List<String> lines) {
        List<String> kept = List.copyOf(lines);
        return new Reply(code, enhanced, kept, Next.CONTINUE, Reason.of(code), encode(code, enhanced, kept));
    }

    /** The same reply with something else after it. */
    public Reply then(Next other) {
        return new Reply(code, enhanced, lines, other, reason, octets);
    }

    /** The same reply, a refusal whose reason its code does not tell. */
    public Reply because(Reason known) {
        return new Reply(code, enhanced, lines, next, Optional.of(known), octets);
    }

    /** The reply code. */
    public int code() {
        return code;
    }

    /** The enhanced status code; empty where there is none. */
    public String enhanced() {
        return enhanced;
    }

    /** The text, one line or more. */
    public List<String> lines() {
        return lines;
    }

    /** What it refuses something for; empty where it refuses nothing. */
    public Optional<Reason> reason() {
        return reason;
    }

    /** What the loop does next. */
    public Next next() {
        return next;
    }

    /** The octets on the wire, not to be changed. */
    byte[] bytes() {
        return octets;
    }

    @Override
    public String toString() {
        return code + " " + enhanced + " " + lines;
    }

    private static byte[] encode(int code, String enhanced, List<String> lines) {
        StringBuilder text = new StringBuilder(64);
        for (int i = 0; i < lines.size(); i++) {
            int begin = text.length();
            text.append(code).append(i + 1 < lines.size() ? '-' : ' ');
            if (!enhanced.isEmpty()) {
                text.append(enhanced).append(' ');
            }
            String line = lines.get(i);
            for (int j = 0; j < line.length() && text.length() - begin < LONGEST; j++) {
                char c = line.charAt(j);
                text.append(c >= ' ' && c < 127 ? c : '?');
            }
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
