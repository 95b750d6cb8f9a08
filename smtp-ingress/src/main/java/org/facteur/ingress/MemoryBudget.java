package org.facteur.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** Octets of messages under way that all connections together may hold in memory. Safe for any thread. */
public final class MemoryBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** With so many octets in all. */
    public MemoryBudget(long most) {
        this.most = most;
    }

    /** Takes octets; false, and nothing taken, when they are not there. */
    boolean take(long octets) {
        if (taken.addAndGet(octets) <= most) {
            return true;
        }
        taken.addAndGet(-octets);
        return false;
    }

    /** Gives octets back. */
    void giveBack(long octets) {
        taken.addAndGet(-octets);
    }
}
