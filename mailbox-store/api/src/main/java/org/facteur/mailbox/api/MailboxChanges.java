package org.facteur.mailbox.api;

import java.util.List;

/**
 * What changed in a mailbox after a modification sequence.
 *
 * @param modseq the mailbox's now
 * @param uidNext the mailbox's now
 * @param changed messages that are new or whose flags changed, by UID
 * @param expunged UIDs that are gone
 */
public record MailboxChanges(long modseq, long uidNext, List<Changed> changed, long[] expunged) {
    /** A message as it is now. */
    public record Changed(long uid, Flags flags, long modseq) {}
}
