package org.facteur.platform.net;

/**
 * What has arrived and was not handed out: one array, in which lines are found and from which slices are given.
 *
 * <p>A segment that arrives while nothing waits is adopted, not copied. Octets that were handed out are never
 * overwritten: new ones are put behind them or into a new array, whose size is within twice of what waits.
 */
final class InputBacklog {

    /** What {@link #next()} found. */
    enum Found {
        /** No whole line yet. */
        NOTHING,
        /** A line, to be had from {@link #line()}. */
        LINE,
        /** See {@link MalformedLine#TOO_LONG}. */
        TOO_LONG,
        /** See {@link MalformedLine#BARE_LINE_END}. */
        BARE_LINE_END
    }

    private static final byte[] EMPTY = {};

    private final int maxLine;
    private final boolean strict;
    private byte[] bytes = EMPTY;
    private int start;
    private int end;
    private int scanned;
    private boolean bare;
    private boolean skipping;
    private boolean owned;
    private Line line;

    InputBacklog(int maxLine, LineEnds ends) {
        this.maxLine = maxLine;
        this.strict = ends == LineEnds.CRLF_ONLY;
    }

    /** How many octets wait. */
    int size() {
        return end - start;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return start;
    }

    /** Forgets everything that waits. */
    void clear() {
        bytes = EMPTY;
        owned = false;
        start = 0;
        end = 0;
        startLine();
        skipping = false;
    }

    /** Adds a slice, whose array is this backlog's from now on. */
    void append(byte[] segment, int offset, int length) {
        if (start == end) {
            bytes = segment;
            owned = false;
            start = offset;
            end = offset + length;
            startLine();
            return;
        }
        if (!owned || bytes.length - end < length) {
            int size = size();
            byte[] larger = new byte[Math.max(256, 2 * (size + length))];
            System.arraycopy(bytes, start, larger, 0, size);
            scanned -= start;
            bytes = larger;
            owned = true;
            start = 0;
            end = size;
        }
        System.arraycopy(segment, offset, bytes, end, length);
        end += length;
    }

    /** Takes octets off the front. */
    void consume(int length) {
        start = Math.min(end, start + length);
        startLine();
        if (start == end) {
            bytes = EMPTY;
            owned = false;
            start = 0;
            end = 0;
            scanned = 0;
        }
    }

    /** Takes the next line off the front, or what is known of a malformed one. */
    Found next() {
        if (skipping && !skip()) {
            return Found.NOTHING;
        }
        byte[] array = bytes;
        for (int i = scanned; i < end; i++) {
            byte octet = array[i];
            if (octet == '\n') {
                return lineEndsAt(i);
            }
            if (octet == '\r' && strict) {
                if (i + 1 == end) {
                    scanned = i;
                    return tooLong(end) ? giveUp() : Found.NOTHING;
                }
                bare |= array[i + 1] != '\n';
            }
        }
        scanned = end;
        return tooLong(end) ? giveUp() : Found.NOTHING;
    }

    /** The line that {@link #next()} has found. */
    Line line() {
        return line;
    }

    private Found lineEndsAt(int lineFeed) {
        boolean crlf = lineFeed > start && bytes[lineFeed - 1] == '\r';
        int length = lineFeed - start - (crlf ? 1 : 0);
        boolean malformed = strict && (bare || !crlf);
        Line found = new Line(bytes, start, length);
        consume(lineFeed + 1 - start);
        if (length > maxLine) {
            return Found.TOO_LONG;
        }
        line = found;
        return malformed ? Found.BARE_LINE_END : Found.LINE;
    }

    private boolean tooLong(int until) {
        int length = until - start;
        return length > maxLine && !(length == maxLine + 1 && bytes[until - 1] == '\r');
    }

    private Found giveUp() {
        skipping = true;
        skip();
        return Found.TOO_LONG;
    }

    private boolean skip() {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                skipping = false;
                consume(i + 1 - start);
                return true;
            }
        }
        consume(size());
        return false;
    }

    private void startLine() {
        scanned = start;
        bare = false;
    }
}
