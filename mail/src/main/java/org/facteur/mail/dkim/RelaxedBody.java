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
            if (!cr && isPlain(bytes[i])) {
                int end = runEnd(bytes, i + 1, to);
                pass(bytes, i, end);
                i = end;
            } else {
                step(bytes[i++]);
            }
        }
    }

    /** Where the run ends that is canonical as it stands: no white space but single spaces between other octets. */
    private static int runEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            if (b > ' ') {
                i++;
            } else if (b == ' ' && i + 1 < to && isPlain(bytes[i + 1])) {
                i += 2;
            } else if (isPlain(b)) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isPlain(byte b) {
        return b != ' ' && b != '\r' && b != '\t';
    }

    private void step(byte b) {
        if (cr) {
            cr = false;
            if (b == '\n') {
                lineEnds++;
                space = false;
                return;
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
        passPending();
        add(b);
    }

    private void pass(byte[] bytes, int from, int to) {
        passPending();
        int i = from;
        while (i < to) {
            if (filled == window.length) {
                flush();
            }
            int length = Math.min(to - i, window.length - filled);
            System.arraycopy(bytes, i, window, filled, length);
            filled += length;
            i += length;
        }
    }

    private void passPending() {
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
