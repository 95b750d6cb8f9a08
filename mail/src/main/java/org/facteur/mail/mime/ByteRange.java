package org.facteur.mail.mime;

/**
 * Octets of a message.
 *
 * @param from offset of the first octet, from the message's first
 * @param to offset behind the last
 */
public record ByteRange(int from, int to) {
    /** How many octets. */
    public int length() {
        return to - from;
    }
}
