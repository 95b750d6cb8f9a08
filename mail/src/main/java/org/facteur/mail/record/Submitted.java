package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.arc.ArcStatus;

/**
 * Envelope on {@link Topic#SUBMITTED}: a message to sign and route.
 *
 * @param submittedAt when it was accepted
 * @param origin who handed it in
 * @param account the authenticated account, the forwarding address, or {@code postmaster@…} for system mail
 * @param recipients resolved, local and remote mixed, never empty
 * @param arc of a forward: what its ARC chain was worth when it came in; empty where that is not known, then it is not sealed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
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
        String prepend,
        Optional<ArcStatus> arc)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** Fills in what older records leave out. */
    public Submitted {
        arc = arc == null ? Optional.empty() : arc;
    }

    /** One that has no ARC chain to go on with. */
    public Submitted(
            int version,
            String id,
            Instant submittedAt,
            Origin origin,
            String account,
            Client client,
            String reversePath,
            List<Recipient> recipients,
            boolean smtputf8,
            String prepend) {
        this(
                version,
                id,
                submittedAt,
                origin,
                account,
                client,
                reversePath,
                recipients,
                smtputf8,
                prepend,
                Optional.empty());
    }

    /** Who handed a message in for signing. */
    public enum Origin {
        /** An authenticated mail client. */
        SUBMISSION,
        /** The platform itself: bounces, reports, alerts. */
        SYSTEM,
        /** A verified message from outside that an alias sends on; it is sealed with ARC, not signed with DKIM. */
        FORWARD
    }
}
