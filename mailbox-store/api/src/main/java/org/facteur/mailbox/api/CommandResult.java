package org.facteur.mailbox.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Value on mailbox.replies: what came of one command. Fields that a command has nothing to say about are zero or null.
 *
 * @param code why it was refused
 * @param text the same in words
 * @param mailbox that was changed or made, by its number
 * @param uidValidity of the mailbox that messages were added to
 * @param modseq of the mailbox that the command was about, after it
 * @param from UIDs of copied or moved messages
 * @param to UIDs that they, or the appended one, got
 * @param modified UIDs left alone because of {@code unchangedSince}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CommandResult(
        Code code, String text, long mailbox, long uidValidity, long modseq, long[] from, long[] to, long[] modified) {
    /** What came of it. */
    public enum Code {
        /** It is done. */
        OK,
        /** There is no such mailbox. */
        NONEXISTENT,
        /** There is no such target; it could be made (RFC 9051 section 7.1). */
        TRYCREATE,
        /** The name is taken. */
        ALREADYEXISTS,
        /** The account's quota does not allow it. */
        OVERQUOTA,
        /** It can never be done. */
        CANNOT
    }

    /** A command that is done. */
    public static CommandResult done(long mailbox, long modseq) {
        return new CommandResult(Code.OK, null, mailbox, 0, modseq, null, null, null);
    }

    /** Messages that were added. */
    public static CommandResult added(long mailbox, long uidValidity, long modseq, long[] from, long[] to) {
        return new CommandResult(Code.OK, null, mailbox, uidValidity, modseq, from, to, null);
    }

    /** A STORE that left some alone. */
    public static CommandResult stored(long mailbox, long modseq, long[] modified) {
        return new CommandResult(Code.OK, null, mailbox, 0, modseq, null, null, modified);
    }

    /** A command that was refused. */
    public static CommandResult refused(Code code, String text) {
        return new CommandResult(code, text, 0, 0, 0, null, null, null);
    }

    /** Whether it is done. */
    public boolean isOk() {
        return code == Code.OK;
    }
}
