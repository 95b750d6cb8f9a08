package org.facteur.imap.syntax;

/** What the client sent is not of the grammar (RFC 9051 section 9): the command gets BAD with this text. */
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the text of the BAD response. */
    public SyntaxError(String text) {
        super(text, null, false, false);
    }
}
