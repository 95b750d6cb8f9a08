package org.facteur.platform.net;

import java.time.Duration;

/** Since when a client is silent; looked at by a coarse timer, so that a line costs one store and no timer. */
final class Deadline {

    private final long opened;
    private final long session;
    private long idle;
    private long touched;

    Deadline(ConnectionLimits limits, long now) {
        this.opened = now;
        this.touched = now;
        this.session = limits.session().toNanos();
        this.idle = limits.idle().toNanos();
    }

    void idle(Duration timeout) {
        idle = timeout.toNanos();
        touch();
    }

    void touch() {
        touched = System.nanoTime();
    }

    boolean isIdle(long now) {
        return now - touched > idle;
    }

    boolean isOver(long now) {
        return now - opened > session;
    }
}
