package org.facteur.mailbox.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;

/** One change to the mailboxes of an account. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MailboxCommand.Append.class, name = "append"),
    @JsonSubTypes.Type(value = MailboxCommand.Store.class, name = "store"),
    @JsonSubTypes.Type(value = MailboxCommand.Copy.class, name = "copy"),
    @JsonSubTypes.Type(value = MailboxCommand.Move.class, name = "move"),
    @JsonSubTypes.Type(value = MailboxCommand.Expunge.class, name = "expunge"),
    @JsonSubTypes.Type(value = MailboxCommand.Create.class, name = "create"),
    @JsonSubTypes.Type(value = MailboxCommand.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = MailboxCommand.Rename.class, name = "rename"),
    @JsonSubTypes.Type(value = MailboxCommand.Subscribe.class, name = "subscribe")
})
public sealed interface MailboxCommand {
    /** What a STORE does with the flags. */
    enum StoreMode {
        /** These and no others. */
        REPLACE,
        /** These too. */
        ADD,
        /** Without these. */
        REMOVE
    }

    /**
     * Adds a message.
     *
     * @param date internal date; null for now
     * @param inline the message; null where it lies in the body store
     * @param stored {@link BodyRef#text()}; null where it is inline
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Append(String mailbox, List<String> flags, Instant date, byte[] inline, String stored)
            implements MailboxCommand {
        /** The message that it adds. */
        public static Append of(String mailbox, List<String> flags, Optional<Instant> date, Body body) {
            return body instanceof Body.Inline inline
                    ? new Append(mailbox, flags, date.orElse(null), inline.bytes(), null)
                    : new Append(
                            mailbox,
                            flags,
                            date.orElse(null),
                            null,
                            ((Body.Stored) body).ref().text());
        }

        /** The message. */
        public Body body() {
            return inline != null ? new Body.Inline(inline) : new Body.Stored(BodyRef.parse(stored));
        }
    }

    /**
     * Changes flags.
     *
     * @param unchangedSince only of messages with a modseq of at most that; null for all (RFC 7162 section 3.1.3)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Store(long mailbox, long[] uids, StoreMode mode, List<String> flags, Long unchangedSince)
            implements MailboxCommand {}

    /** Copies messages to the mailbox of a name. */
    record Copy(long mailbox, long[] uids, String to) implements MailboxCommand {}

    /** Moves messages to the mailbox of a name (RFC 6851). */
    record Move(long mailbox, long[] uids, String to) implements MailboxCommand {}

    /**
     * Removes messages that bear \Deleted.
     *
     * @param uids only these; null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Expunge(long mailbox, long[] uids) implements MailboxCommand {}

    /**
     * Makes a mailbox and those above it.
     *
     * @param specialUse attribute of RFC 6154, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Create(String name, String specialUse) implements MailboxCommand {}

    /** Deletes a mailbox with its messages. */
    record Delete(String name) implements MailboxCommand {}

    /** Renames a mailbox with those below it; INBOX only gives its messages away (RFC 9051 section 6.3.6). */
    record Rename(String from, String to) implements MailboxCommand {}

    /** Subscribes or unsubscribes a name. */
    record Subscribe(String name, boolean subscribed) implements MailboxCommand {}
}
