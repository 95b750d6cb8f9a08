package org.facteur.platform.body;

import java.time.Duration;

/**
 * How long an object store may take.
 *
 * @param connect until there is a connection
 * @param silence without an octet from the store, within a request
 * @param call one operation with all its attempts; a body that is put has {@link #ofPut} instead
 * @param leastOctetsASecond what a link carries that is fast enough for bodies
 * @param queue until a worker is free; whatever waited longer fails without being tried
 */
record S3TimeLimits(Duration connect, Duration silence, Duration call, long leastOctetsASecond, Duration queue) {
    /** So that nobody waits for a store that does not answer longer than 30 s, and a second for each MiB that is put. */
    static final S3TimeLimits USUAL = new S3TimeLimits(
            Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofSeconds(20), 1024 * 1024, Duration.ofSeconds(10));

    /** One put of so many octets. */
    Duration ofPut(long octets) {
        return call.plusSeconds(octets / leastOctetsASecond);
    }
}
