package org.facteur.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.config.Setting;

/**
 * When deferred mail is tried again (RFC 5321 section 4.5.4.1): after each pause in turn, then every last pause, until the
 * message is too old.
 *
 * @param pauses at least one
 * @param lifetime from acceptance to giving up
 */
record RetrySchedule(List<Duration> pauses, Duration lifetime) {
    private static final Duration FIVE_DAYS = Duration.ofDays(5);

    /** Reads {@code 1m,5m,15m}; the lifetime is five days. Fails with IllegalArgumentException. */
    static RetrySchedule parse(String text) {
        List<Duration> pauses = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Setting::duration)
                .toList();
        if (pauses.stream().anyMatch(Duration::isZero)) {
            throw new IllegalArgumentException(text);
        }
        return new RetrySchedule(pauses, FIVE_DAYS);
    }

    /**
     * The next attempt, or empty when the message has expired.
     *
     * @param attempts made so far, at least one
     */
    Optional<Instant> next(int attempts, Instant acceptedAt, Instant now) {
        Instant end = acceptedAt.plus(lifetime);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        Instant next = now.plus(pauses.get(Math.min(attempts, pauses.size()) - 1));
        return Optional.of(next.isBefore(end) ? next : end);
    }
}
