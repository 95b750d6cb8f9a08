package org.facteur.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The simple canonical body (RFC 6376 section 3.4.3): empty lines at the end become one CRLF, and a body that does not end in
 * CRLF gets one. Everything else passes as slices of the caller's bytes.
 */
final class SimpleBody {
    private static final byte[] LINES = "\r\n".repeat(256).getBytes(StandardCharsets.US_ASCII);

    private final List<BodyHasher.Sink> sinks;
    /** CRLFs seen since the last other octet. */
    private long lineEnds;
    /** Whether a CR was seen behind them, whose LF may follow. */
    private boolean cr;

    SimpleBody(List<BodyHasher.Sink> sinks) {
        this.sinks = sinks;
    }

    List<BodyHasher.Sink> sinks() {
        return sinks;
    }

    void update(byte[] bytes, int from, int to) {
        int start = from;
        while (start < to && (cr ? bytes[start] == '\n' : bytes[start] == '\r')) {
            if (cr) {
                lineEnds++;
            }
            cr = !cr;
            start++;
        }
        if (start == to) {
            return;
        }
        passLineEnds();
        int end = to;
        boolean trailingCr = bytes[end - 1] == '\r';
        if (trailingCr) {
            end--;
        }
        while (end - start >= 2 && bytes[end - 1] == '\n' && bytes[end - 2] == '\r') {
            end -= 2;
            lineEnds++;
        }
        cr = trailingCr;
        add(bytes, start, end);
    }

    void finish() {
        if (cr) {
            passLineEnds();
        }
        add(LINES, 0, 2);
    }

    private void passLineEnds() {
        for (; lineEnds > 0; lineEnds -= Math.min(lineEnds, 256)) {
            add(LINES, 0, (int) Math.min(lineEnds, 256) * 2);
        }
        if (cr) {
            add(LINES, 0, 1);
            cr = false;
        }
    }

    private void add(byte[] bytes, int from, int to) {
        for (BodyHasher.Sink sink : sinks) {
            sink.add(bytes, from, to);
        }
    }
}
