package org.facteur.mail.record;

import java.time.Instant;
import java.util.List;

/**
 * Envelope on {@link Topic#SUBMITTED}: a message to sign and route.
 *
 * @param submittedAt when it was accepted
 * @param origin who handed it in
 * @param account the authenticated account, the forwarding address, or {@code postmaster@…} for system mail
 * @param recipients resolved, local and remote mixed, never empty
 */
public record Submitted(
        int version,
        String id,
        Instant submittedAt,
        Origin origin,
        String account,
        Client client,
        String reversePath,
        List<Recipient> recipients,
        boolean smtputf8,
        String prepend)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** Who handed a message in for signing. */
    public enum Origin {
        /** An authenticated mail client. */
        SUBMISSION,
        /** The platform itself: bounces, reports, alerts. */
        SYSTEM,
        /** A verified message from outside that an alias sends on; it is routed, not signed with DKIM. */
        FORWARD
    }
}
