package org.facteur.mail.record;

/**
 * Value on {@link Topic#EVENTS}: mailbox {@code mailbox} of account {@code account} is now at {@code modseq}. It says that
 * something changed, never what.
 *
 * @param mailbox the mailbox's number in the store; 0 when the account's list of mailboxes changed
 */
public record MailboxEvent(String account, long mailbox, long modseq) {}
