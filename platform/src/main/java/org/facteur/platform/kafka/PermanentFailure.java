package org.facteur.platform.kafka;

/**
 * A record can never succeed: its stage puts it on {@code mail.dead} with this message as the cause and goes on. Every other
 * failure of a handler is taken as something that is down: the record is tried again with backoff.
 */
public final class PermanentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the cause in words for a person. */
    public PermanentFailure(String message) {
        super(message);
    }

    /** With the cause in words and the exception behind it. */
    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
