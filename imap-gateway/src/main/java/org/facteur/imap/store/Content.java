package org.facteur.imap.store;

import org.facteur.mail.record.BodyRef;

/** The octets of a message. */
public sealed interface Content {
    /** Octets in all. */
    long size();

    /** All of them in memory. */
    record Held(byte[] octets) implements Content {
        @Override
        public long size() {
            return octets.length;
        }
    }

    /**
     * A large message in the body store.
     *
     * @param trace fields prepended at delivery, which are not part of the stored body
     */
    record Stored(byte[] trace, BodyRef body) implements Content {
        @Override
        public long size() {
            return trace.length + body.size();
        }
    }
}
