package org.facteur.mailbox.store;

/** A mailbox was deleted after somebody looked its number up: the look-up has to be done again. */
public final class MailboxGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the number that is gone. */
    public MailboxGoneException(long mailbox) {
        super("mailbox " + mailbox + " is gone", null, false, false);
    }
}
