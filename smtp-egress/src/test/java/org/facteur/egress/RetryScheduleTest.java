package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final Instant ACCEPTED = Instant.parse("2026-01-01T00:00:00Z");
    private final RetrySchedule schedule = RetrySchedule.parse("1m, 5m,8h");

    @ParameterizedTest
    @CsvSource({"1,1m", "2,5m", "3,8h", "4,8h", "99,8h"})
    void eachPauseInTurnThenTheLast(int attempts, String pause) {
        Instant now = ACCEPTED.plusSeconds(10);
        Duration expected = RetrySchedule.parse(pause).pauses().get(0);
        assertThat(schedule.next(attempts, ACCEPTED, now)).contains(now.plus(expected));
    }

    @Test
    void theLastAttemptIsAtTheEndOfFiveDays() {
        Instant end = ACCEPTED.plus(Duration.ofDays(5));
        assertThat(schedule.next(3, ACCEPTED, end.minusSeconds(60))).contains(end);
    }

    @Test
    void expiresAfterFiveDays() {
        Instant end = ACCEPTED.plus(Duration.ofDays(5));
        assertThat(schedule.next(3, ACCEPTED, end)).isEmpty();
        assertThat(schedule.next(1, ACCEPTED, end.plusSeconds(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1m,", "0s", "1m,0m", "-1m", "x"})
    void refuses(String text) {
        assertThatThrownBy(() -> RetrySchedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
