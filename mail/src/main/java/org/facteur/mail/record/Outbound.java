package org.facteur.mail.record;

import java.time.Instant;
import java.util.List;

/**
 * Envelope on {@link Topic#OUTBOUND}: a signed message for the recipients of one remote domain.
 *
 * @param acceptedAt when the message got its 250 or was made
 * @param account on whose behalf it is sent, as in {@link Submitted}
 * @param domain the recipients' domain, in A-labels
 * @param recipients forward-paths of that domain, never empty
 */
public record Outbound(
        int version,
        String id,
        Instant acceptedAt,
        String account,
        String reversePath,
        String domain,
        List<String> recipients,
        boolean smtputf8,
        String prepend)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;
}
