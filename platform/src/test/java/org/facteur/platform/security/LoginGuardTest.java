package org.facteur.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.facteur.platform.ManualClock;
import org.junit.jupiter.api.Test;

class LoginGuardTest {
    private final ManualClock clock = new ManualClock();
    private final LoginGuard guard = new LoginGuard(clock);

    @Test
    void delaysGrow() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.failed("192.0.2.1", "a@here.test")).isZero();
        }
        assertThat(guard.failed("192.0.2.1", "a@here.test")).hasMillis(500);
        assertThat(guard.failed("192.0.2.1", "a@here.test")).hasMillis(1000);
        for (int i = 0; i < 50; i++) {
            assertThat(guard.failed("192.0.2.1", "a@here.test")).isLessThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void locksTheAddressWhateverTheAccount() {
        for (int i = 0; i < 20; i++) {
            assertThat(guard.isLocked("192.0.2.1", "x@here.test")).isFalse();
            guard.failed("192.0.2.1", "u" + i + "@here.test");
        }
        assertThat(guard.isLocked("192.0.2.1", "x@here.test")).isTrue();
        assertThat(guard.isLocked("192.0.2.2", "x@here.test")).isFalse();
    }

    @Test
    void locksTheAccountWhateverTheAddress() {
        for (int i = 0; i < 20; i++) {
            guard.failed("192.0.2." + i, "a@here.test");
        }
        assertThat(guard.isLocked("198.51.100.1", "a@here.test")).isTrue();
        assertThat(guard.isLocked("198.51.100.1", "b@here.test")).isFalse();
    }

    @Test
    void theLockEnds() {
        for (int i = 0; i < 20; i++) {
            guard.failed("192.0.2.1", "a@here.test");
        }
        clock.advance(Duration.ofMinutes(15));
        assertThat(guard.isLocked("192.0.2.1", "a@here.test")).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(guard.isLocked("192.0.2.1", "a@here.test")).isFalse();
        assertThat(guard.failed("192.0.2.1", "a@here.test")).as("counted anew").isZero();
    }

    @Test
    void aRightPasswordForgetsTheAccountsFailuresOnly() {
        for (int i = 0; i < 20; i++) {
            guard.failed("192.0.2.1", "a@here.test");
        }
        guard.succeeded("a@here.test");
        assertThat(guard.isLocked("198.51.100.1", "a@here.test")).isFalse();
        assertThat(guard.isLocked("192.0.2.1", "a@here.test")).isTrue();
    }
}
