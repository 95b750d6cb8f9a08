package org.facteur.mail.record;

/**
 * The bytes of a message (RFC 5322, header and body) on a topic: inline in the record's value, or stored in the body store
 * with only their name in the record (claim check).
 */
public sealed interface Body {
    /** Octets of the message. */
    long size();

    /** The message rides in the record's value. */
    record Inline(byte[] bytes) implements Body {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** The message lies in the body store; the value of the record is empty and the header {@code body} names it. */
    record Stored(BodyRef ref) implements Body {
        @Override
        public long size() {
            return ref.size();
        }
    }
}
