package org.facteur.imap.session;

/** A command is refused, from wherever that is found out; carries its reply. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    /** With the reply that the client gets. */
    public Refusal(Reply reply) {
        super(reply.line(), null, false, false);
        this.reply = reply;
    }

    /** What the client gets. */
    public Reply reply() {
        return reply;
    }
}
