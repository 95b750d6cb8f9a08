package org.facteur.mail.dkim;

/** A tag list or one of its values breaks the grammar; the message says which and how, in words for a report. */
public final class TagSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One without a stack trace: it is the sender's fault, not ours. */
    public TagSyntaxException(String message) {
        super(message, null, false, false);
    }
}
