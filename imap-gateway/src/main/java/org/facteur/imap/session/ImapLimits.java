package org.facteur.imap.session;

import java.time.Duration;

/**
 * What a client may.
 *
 * @param maxMessage octets of a message that is appended
 * @param inlineLimit octets of a message that is kept in memory on its way; a larger one goes to the body store
 * @param beforeLogin how long a connection may last without a login
 * @param idle how long a client may be silent once logged in (RFC 9051 section 5.4: at least 30 minutes)
 * @param badCommands how many commands may be BAD before the connection ends
 */
public record ImapLimits(long maxMessage, long inlineLimit, Duration beforeLogin, Duration idle, int badCommands) {
    /** One minute before login, 30 minutes of silence, 20 bad commands. */
    public ImapLimits(long maxMessage, long inlineLimit) {
        this(maxMessage, inlineLimit, Duration.ofMinutes(1), Duration.ofMinutes(30), 20);
    }
}
