package org.facteur.mail.address;

import java.util.Optional;

/**
 * The reverse-path of a message (RFC 5321 section 4.1.2): where delivery failures are reported.
 *
 * @param address the sender's mailbox; empty for the null reverse-path {@code <>}, which must never be answered
 */
public record ReversePath(Optional<EmailAddress> address) {
    /** The null reverse-path {@code <>} of notifications (RFC 5321 section 4.5.5). */
    public static final ReversePath NULL = new ReversePath(Optional.empty());

    /** The reverse-path of an ordinary message. */
    public static ReversePath of(EmailAddress address) {
        return new ReversePath(Optional.of(address));
    }

    /**
     * Parses {@code Reverse-path = Path / "<>"}, with or without angle brackets (an empty text is the null reverse-path); empty
     * when it is neither. A source route is dropped.
     */
    public static Optional<ReversePath> parse(String text) {
        if (text.isEmpty() || text.equals("<>")) {
            return Optional.of(NULL);
        }
        return EmailAddress.parsePath(text).map(ReversePath::of);
    }

    /** Whether this is {@code <>}. */
    public boolean isNull() {
        return address.isEmpty();
    }

    /** The mailbox without brackets, or an empty text for the null reverse-path: the form of the envelope's JSON. */
    public String text() {
        return address.map(EmailAddress::toString).orElse("");
    }

    /** The path on the wire, in angle brackets. */
    @Override
    public String toString() {
        return "<" + text() + ">";
    }
}
