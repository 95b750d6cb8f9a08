package org.facteur.mail.record;

import java.time.Instant;
import java.util.List;

/**
 * Envelope on {@link Topic#DELIVER}: a message for mailboxes of this platform.
 *
 * @param acceptedAt when the message got its 250 or was made; its distance to delivery is facteur_delivery_seconds
 * @param recipients local ones only, never empty
 * @param disposition which folder it goes to
 */
public record Deliver(
        int version,
        String id,
        Instant acceptedAt,
        String reversePath,
        List<Recipient> recipients,
        Disposition disposition,
        String prepend)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** The folder of a delivery. */
    public enum Disposition {
        /** INBOX. */
        INBOX,
        /** The Junk folder: quarantined. */
        JUNK
    }
}
