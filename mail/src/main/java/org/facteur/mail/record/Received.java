package org.facteur.mail.record;

import java.time.Instant;
import java.util.List;

/**
 * Envelope on {@link Topic#RECEIVED}: a message from another MTA that is durable but has no verdict yet.
 *
 * @param receivedAt when the end of DATA was seen
 * @param deadline until when the client waits for the verdict; after it a reject becomes a quarantine
 * @param replyTo where the verdict goes, see {@link ReplyAddress}
 * @param recipients resolved at RCPT, never empty
 * @param smtputf8 whether the transaction used SMTPUTF8 (RFC 6531)
 */
public record Received(
        int version,
        String id,
        Instant receivedAt,
        Instant deadline,
        String replyTo,
        Client client,
        String reversePath,
        List<Recipient> recipients,
        boolean smtputf8,
        String prepend)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;
}
