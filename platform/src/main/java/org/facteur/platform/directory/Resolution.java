package org.facteur.platform.directory;

import java.util.List;
import org.facteur.mail.record.Recipient;

/** What the directory says about one forward-path. */
public sealed interface Resolution {
    /** Which of the kinds this is, for a {@code switch}. */
    Kind kind();

    /** The recipients that the address stands for; empty unless {@link Kind#FOUND}. */
    default List<Recipient> recipients() {
        return List.of();
    }

    /** The kinds of answer. */
    enum Kind {
        /** It leads to accounts here or to addresses elsewhere. */
        FOUND,
        /** The domain is ours and has no such address: 550 5.1.1. */
        UNKNOWN,
        /** It leads to accounts here, and all of them are full: 452 4.2.2. */
        OVER_QUOTA,
        /** It leads to more recipients than a message may have: 550 5.2.4. */
        TOO_MANY,
        /** The domain is not ours: 550 5.7.1 from strangers, to be sent out for our own. */
        FOREIGN
    }

    /** It leads somewhere. */
    record Found(List<Recipient> recipients) implements Resolution {
        /** Copies the list. */
        public Found {
            recipients = List.copyOf(recipients);
        }

        @Override
        public Kind kind() {
            return Kind.FOUND;
        }
    }

    /** It leads nowhere, for the reason that the kind says. */
    record Nowhere(Kind kind) implements Resolution {}
}
