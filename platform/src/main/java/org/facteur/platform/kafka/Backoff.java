package org.facteur.platform.kafka;

import java.time.Duration;

/**
 * Pauses between attempts, doubling.
 *
 * @param first the pause after the first failure
 * @param most the longest pause
 */
record Backoff(Duration first, Duration most) {
    /** Milliseconds to wait after that many failures, at least 1. */
    long millisAfter(int failures) {
        long pause = first.toMillis() << Math.min(Math.max(failures - 1, 0), 20);
        return Math.max(1, Math.min(pause, most.toMillis()));
    }
}
