package org.facteur.mail.dkim;

import java.util.List;

/**
 * The relaxed canonical body (RFC 6376 section 3.4.4): white space at line ends goes, other white space becomes one space,
 * empty lines at the end go, and a body that is not empty ends in CRLF. It passes through a window of fixed size.
 */
final class RelaxedBody {
    private final List<BodyHasher.Sink> sinks;
    private final byte[] window;
    private int filled;
    /** CRLFs, and behind them white space, seen since the last octet that was passed on. */
    private long lineEnds;

    private boolean space;
    private boolean cr;
    private boolean any;

    RelaxedBody(List<BodyHasher.Sink> sinks) {
        this.sinks = sinks;
        this.window = new byte[sinks.isEmpty() ? 0 : 4096];
    }

    List<BodyHasher.Sink> sinks() {
        return sinks;
    }

    void update(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            byte b = bytes[i++];
            if (cr) {
                cr = false;
                if (b == '\n') {
                    lineEnds++;
                    space = false;
                    continue;
                }
                pass('\r');
            }
            if (b == ' ' || b == '\t') {
                space = true;
            } else if (b == '\r') {
                cr = true;
            } else {
                pass(b);
            }
        }
    }

    void finish() {
        if (cr) {
            pass('\r');
        }
        if (any) {
            add('\r');
            add('\n');
        }
        flush();
    }

    private void pass(int b) {
        if (lineEnds > 0 || space) {
            for (; lineEnds > 0; lineEnds--) {
                add('\r');
                add('\n');
            }
            if (space) {
                add(' ');
                space = false;
            }
        }
        any = true;
        add(b);
    }

    private void add(int b) {
        if (filled == window.length) {
            flush();
        }
        window[filled++] = (byte) b;
    }

    private void flush() {
        for (BodyHasher.Sink sink : sinks) {
            sink.add(window, 0, filled);
        }
        filled = 0;
    }
}
