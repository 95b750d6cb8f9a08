package org.facteur.ingress;

import org.facteur.platform.net.OctetSink;
import org.facteur.platform.net.RawReader;

/**
 * Reads the data of a message (RFC 5321 section 4.1.1.4): undoes dot-stuffing (section 4.5.2) and ends at exactly
 * CRLF.CRLF. A CR or LF of its own never ends a line, and makes the message malformed; it is read to its end all the same, so
 * that nothing in it can pass for a command.
 */
final class DataReader implements RawReader {
    /** Where the last octet left us. */
    private enum State {
        /** Behind CRLF, or at the beginning. */
        LINE_START,
        /** Within a line. */
        LINE,
        /** Behind a CR. */
        CR,
        /** Behind a dot that began a line. */
        DOT,
        /** Behind such a dot and a CR. */
        DOT_CR
    }

    private final OctetSink sink;
    private State state = State.LINE_START;
    private boolean malformed;

    DataReader(OctetSink sink) {
        this.sink = sink;
    }

    /** Whether a bare CR or LF was seen. */
    boolean isMalformed() {
        return malformed;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int from = offset; // what is not yet handed to the sink
        for (int i = offset; i < end; i++) {
            byte octet = bytes[i];
            switch (state) {
                case LINE -> {
                    while (octet != '\r' && octet != '\n' && ++i < end) {
                        octet = bytes[i];
                    }
                    if (i < end) {
                        state = octet == '\r' ? State.CR : bare();
                    }
                }
                case LINE_START -> {
                    if (octet == '.') {
                        sink.octets(bytes, from, i - from);
                        from = i + 1;
                        state = State.DOT;
                    } else {
                        state = octet == '\r' ? State.CR : octet == '\n' ? bare() : State.LINE;
                    }
                }
                case CR -> state = octet == '\n' ? State.LINE_START : octet == '\r' ? bareCr() : bare();
                case DOT -> {
                    if (octet == '\r') {
                        // The CR is handed on with what follows it, unless it belongs to the end.
                        state = State.DOT_CR;
                    } else {
                        state = octet == '\n' ? bare() : State.LINE;
                    }
                }
                default -> {
                    if (octet == '\n') {
                        return end - i - 1;
                    }
                    bare();
                    state = octet == '\r' ? State.CR : State.LINE;
                }
            }
        }
        if (state == State.DOT_CR) {
            end = Math.max(from, end - 1); // may be the end: if it is not, the message is malformed anyway
        }
        if (end > from) {
            sink.octets(bytes, from, end - from);
        }
        return MORE;
    }

    private State bare() {
        malformed = true;
        return State.LINE;
    }

    private State bareCr() {
        malformed = true;
        return State.CR;
    }
}
