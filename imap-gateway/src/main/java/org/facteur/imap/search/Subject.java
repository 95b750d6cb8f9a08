package org.facteur.imap.search;

import java.util.Optional;
import org.facteur.imap.store.Email;
import org.facteur.imap.view.Flags;

/**
 * A message as far as it is known while a search goes on.
 *
 * @param sequence its sequence number
 * @param email its stored columns, once they were read
 * @param text its decoded text, once its octets were read
 */
record Subject(int sequence, int uid, Flags flags, long modseq, Optional<Email> email, Optional<MessageText> text) {
    Subject with(Email columns) {
        return new Subject(sequence, uid, flags, modseq, Optional.of(columns), text);
    }

    Subject with(MessageText read) {
        return new Subject(sequence, uid, flags, modseq, email, Optional.of(read));
    }
}
