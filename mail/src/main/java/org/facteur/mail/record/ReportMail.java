package org.facteur.mail.record;

import java.time.Instant;

/**
 * Envelope on {@link Topic#REPORTS}: a message to an address that takes reports about a domain of ours.
 *
 * @param receivedAt when the message was accepted
 * @param domain of the address, one of ours
 * @param author the domain in From; empty where there is none
 * @param dmarc what DMARC said about the author, as Authentication-Results words it; {@code local} for our own mail
 */
public record ReportMail(
        int version,
        String id,
        Instant receivedAt,
        String reversePath,
        String domain,
        String author,
        String dmarc,
        String prepend)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** What {@link #dmarc()} says about mail of our own accounts and of the platform itself. */
    public static final String LOCAL = "local";
}
