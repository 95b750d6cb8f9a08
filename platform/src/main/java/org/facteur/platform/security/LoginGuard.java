package org.facteur.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down and locks out those who guess passwords, by client address and by account. After a few failures each further
 * answer is delayed longer; after many, log-ins are refused for a while. Memory is bounded.
 */
public final class LoginGuard {
    private static final int FREE_FAILURES = 3;
    private static final int LOCK_AFTER = 20;
    private static final Duration LOCK = Duration.ofMinutes(15);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);

    private final Clock clock;
    private final Cache<String, Failures> failures =
            Caffeine.newBuilder().maximumSize(200_000).build();

    /** With the time of {@code clock}. */
    public LoginGuard(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last) {}

    /** Whether log-ins from this address, or into this account, are refused at the moment. */
    public boolean isLocked(String clientAddress, String account) {
        return count("a " + clientAddress) >= LOCK_AFTER || count("u " + account) >= LOCK_AFTER;
    }

    /** Writes a failure down and says how long to wait before answering it. */
    public Duration failed(String clientAddress, String account) {
        int most = Math.max(add("a " + clientAddress), add("u " + account));
        if (most <= FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration delay = Duration.ofMillis(250L << Math.min(most - FREE_FAILURES, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    /** A right password forgets the failures of the account, not those of the address. */
    public void succeeded(String account) {
        failures.invalidate("u " + account);
    }

    private int count(String key) {
        Failures known = failures.getIfPresent(key);
        return known == null || isOver(known) ? 0 : known.count();
    }

    private int add(String key) {
        return failures.asMap()
                .compute(
                        key,
                        (name, known) ->
                                new Failures(known == null || isOver(known) ? 1 : known.count() + 1, clock.instant()))
                .count();
    }

    private boolean isOver(Failures known) {
        return known.last().plus(LOCK).isBefore(clock.instant());
    }
}
