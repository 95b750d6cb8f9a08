package org.facteur.egress;

import io.vertx.core.buffer.Buffer;

/**
 * Doubles the dot at the beginning of a line (RFC 5321 section 4.5.2) and changes nothing else: the bytes are signed. Slices
 * may be cut anywhere.
 */
final class DotStuffer {
    private byte last = '\n';
    private byte beforeLast = '\r';

    /** The next slice in wire form; the slice itself where no line begins with a dot. */
    Buffer stuff(Buffer slice) {
        Buffer out = null;
        int copied = 0;
        for (int i = 0; i < slice.length(); i++) {
            byte octet = slice.getByte(i);
            if (octet == '.' && last == '\n') {
                out = out == null ? Buffer.buffer(slice.length() + 64) : out;
                out.appendBuffer(slice, copied, i - copied).appendByte((byte) '.');
                copied = i;
            }
            beforeLast = last;
            last = octet;
        }
        return out == null ? slice : out.appendBuffer(slice, copied, slice.length() - copied);
    }

    /** What ends the data: a dot on a line of its own, after a line end where the message has none. */
    Buffer end() {
        return Buffer.buffer(last == '\n' && beforeLast == '\r' ? ".\r\n" : "\r\n.\r\n");
    }
}
