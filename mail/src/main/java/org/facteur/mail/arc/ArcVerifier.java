package org.facteur.mail.arc;

import java.time.Clock;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.RawHeader;

/**
 * Validates the chains of messages (RFC 8617 section 5.2). Safe for several threads; nothing blocks, and a message costs at most
 * two key look-ups per set, none where its structure is broken.
 */
public final class ArcVerifier {
    private final DkimKeys keys;
    private final Clock clock;

    /** A verifier that finds keys by {@code keys} and judges expiry by {@code clock}. */
    public ArcVerifier(DkimKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Begins with the header: key look-ups start now; the body is hashed elsewhere, in the {@link BodyHasher.Form}s wanted. */
    public ArcCheck begin(RawHeader header) {
        return new ArcCheck(header, keys, clock.instant());
    }
}
