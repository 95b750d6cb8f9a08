package org.facteur.ingress;

/** A command that is answered with a 4xx or 5xx reply: bad syntax, or policy. It carries the reply. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    /** With a reply of one line. */
    public Refusal(int code, String enhanced, String text) {
        this(Reply.of(code, enhanced, text));
    }

    /** With a reply of one line, for a reason that its code does not tell. */
    public Refusal(Reason reason, int code, String enhanced, String text) {
        this(Reply.of(code, enhanced, text).because(reason));
    }

    /** With a reply. */
    public Refusal(Reply reply) {
        super(reply.lines().get(0), null, false, false);
        this.reply = reply;
    }

    /** The reply. */
    public Reply reply() {
        return reply;
    }
}
