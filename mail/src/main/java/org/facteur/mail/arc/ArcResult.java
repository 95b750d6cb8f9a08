package org.facteur.mail.arc;

/**
 * What the chain of a message is worth.
 *
 * @param status as in Authentication-Results
 * @param reason why it is broken, a few words in ASCII; empty otherwise
 * @param chain its sets; the results that they recorded are to be believed only where the status is pass
 * @param oldestPass the lowest instance from which on every message signature holds, 0 for all; only with a pass
 * @param temporary whether only DNS trouble made it fail; RFC 8617 section 5.2.1 knows no such difference, but a handler that
 *     changes nothing need not seal the chain as broken
 */
public record ArcResult(ArcStatus status, String reason, ArcChain chain, int oldestPass, boolean temporary) {
    static ArcResult none(ArcChain chain) {
        return new ArcResult(ArcStatus.NONE, "", chain, 0, false);
    }

    static ArcResult fail(ArcChain chain, String reason, boolean temporary) {
        return new ArcResult(ArcStatus.FAIL, reason, chain, 0, temporary);
    }

    static ArcResult pass(ArcChain chain, int oldestPass) {
        return new ArcResult(ArcStatus.PASS, "", chain, oldestPass, false);
    }

    /** Whether the chain is intact. */
    public boolean passes() {
        return status == ArcStatus.PASS;
    }
}
