package org.facteur.imap.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.view.MailboxView;
import org.facteur.mail.record.Body;

/**
 * The mailboxes of all accounts. Futures complete on the caller's context. They fail with
 * {@link org.facteur.imap.session.Refusal} where the store refuses, with {@link Unavailable} where the database or Kafka is
 * gone.
 */
public interface Mailboxes {
    /** The database or Kafka is gone: NO [UNAVAILABLE]. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With what went wrong. */
        public Unavailable(Throwable cause) {
            super(cause);
        }
    }

    /** All mailboxes of an account, without numbers of messages. */
    Future<List<Mailbox>> list(String account);

    /** Names of mailboxes that are subscribed, whether they exist or not. */
    Future<List<String>> subscriptions(String account);

    /** A mailbox with its numbers of messages. */
    Future<Optional<Mailbox>> find(String account, String name);

    /** All mailboxes of an account, with numbers of messages. */
    Future<List<Mailbox>> listWithStatus(String account);

    /** What changed in a mailbox after a modification sequence; 0 is everything. */
    Future<MailboxView.Changes> changesAfter(long mailbox, long modseq);

    /** Messages by UID, ascending; those that are gone are left out. */
    Future<List<Email>> emails(long mailbox, int[] uids);

    /** The octets of messages, in their order; small ones held in memory, large ones by reference. */
    Future<List<Content>> contents(List<Email> emails);

    /** Makes a mailbox, and those above it that are missing; its id. */
    Future<Long> create(String account, String name, Optional<String> specialUse);

    /** Deletes a mailbox with its messages. */
    Future<Void> delete(String account, String name);

    /** Renames a mailbox with those below it. */
    Future<Void> rename(String account, String from, String to);

    /** Subscribes or unsubscribes. */
    Future<Void> subscribe(String account, String name, boolean subscribed);

    /** Adds a message. */
    Future<Appended> append(String account, String mailbox, List<String> flags, Optional<Instant> date, Body body);

    /**
     * Changes flags.
     *
     * @param unchangedSince only of messages whose modification sequence is at most that (RFC 7162 section 3.1.3)
     */
    Future<Stored> store(
            String account,
            long mailbox,
            int[] uids,
            StoreMode mode,
            List<String> flags,
            Optional<Long> unchangedSince);

    /** Copies messages to another mailbox. */
    Future<Copied> copy(String account, long mailbox, int[] uids, String to);

    /** Moves messages to another mailbox. */
    Future<Copied> move(String account, long mailbox, int[] uids, String to);

    /** Removes messages that bear \Deleted, of all or of these UIDs only; the mailbox's modification sequence after it. */
    Future<Long> expunge(String account, long mailbox, Optional<int[]> uids);

    /** What STORE does with the flags. */
    enum StoreMode {
        /** These and no others. */
        REPLACE,
        /** These too. */
        ADD,
        /** Without these. */
        REMOVE
    }

    /**
     * A message was added.
     *
     * @param modseq the mailbox's modification sequence after it
     */
    record Appended(long mailbox, long uidValidity, long uid, long modseq) {}

    /**
     * Flags were changed.
     *
     * @param modseq the mailbox's modification sequence after it
     * @param modified UIDs left alone because of {@code unchangedSince}
     */
    record Stored(long modseq, int[] modified) {}

    /**
     * Messages were copied or moved.
     *
     * @param uidValidity of the mailbox they went to
     * @param from UIDs they had, and beside them
     * @param to UIDs they got
     * @param modseq the modification sequence of the mailbox they came from after it
     */
    record Copied(long uidValidity, int[] from, int[] to, long modseq) {}
}
