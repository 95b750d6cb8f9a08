package org.facteur.mailbox.store;

import java.time.Clock;

/**
 * UIDVALIDITY of a new mailbox (RFC 9051 section 2.3.1.1): seconds since 1970, so that a mailbox made again under an old name
 * has a larger one.
 */
public final class UidValidity {
    private UidValidity() {}

    /** For a mailbox that is made now. */
    public static long now(Clock clock) {
        return clock.instant().getEpochSecond();
    }
}
