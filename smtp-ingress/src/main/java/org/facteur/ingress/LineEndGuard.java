package org.facteur.ingress;

import org.facteur.platform.net.OctetSink;

/**
 * Watches that lines of a BDAT message end with CRLF: others would read a bare CR or LF as an end of line and see another
 * message than we did. Chunks may be cut anywhere.
 */
public final class LineEndGuard implements OctetSink {
    private final OctetSink sink;
    private byte last;
    private boolean malformed;

    LineEndGuard(OctetSink sink) {
        this.sink = sink;
    }

    /** Whether a bare CR or LF was seen; a CR at the very end counts. */
    public boolean isMalformed() {
        return malformed || last == '\r';
    }

    @Override
    public void octets(byte[] bytes, int offset, int length) {
        byte before = last;
        for (int i = offset; i < offset + length; i++) {
            byte octet = bytes[i];
            malformed |= (before == '\r') != (octet == '\n');
            before = octet;
        }
        last = before;
        sink.octets(bytes, offset, length);
    }
}
