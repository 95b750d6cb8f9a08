package org.facteur.mailbox.api;

/**
 * Value on mailbox.commands.
 *
 * @param id of the command: sent again under the same id, it gives the recorded result
 * @param replyTo see {@link org.facteur.mail.record.ReplyAddress}
 */
public record CommandRequest(int version, String id, String replyTo, String account, MailboxCommand command) {
    /** The version that this code writes. */
    public static final int VERSION = 1;
}
