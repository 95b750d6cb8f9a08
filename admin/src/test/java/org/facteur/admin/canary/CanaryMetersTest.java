package org.facteur.admin.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.ManualClock;
import org.junit.jupiter.api.Test;

class CanaryMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();
    private final CanaryMeters meters = new CanaryMeters(registry, clock);

    private double age() {
        return registry.get("facteur.canary.last.success").gauge().value();
    }

    @Test
    void theAgeCountsFromTheStartAndThenFromEachSuccess() {
        clock.advance(Duration.ofSeconds(90));
        assertThat(age()).isEqualTo(90);
        meters.succeeded(TimeUnit.MILLISECONDS.toNanos(120));
        assertThat(age()).isZero();
        clock.advance(Duration.ofMillis(1500));
        meters.failed(CanaryStep.ARRIVE);
        assertThat(age()).isEqualTo(1.5);
    }

    @Test
    void failuresCountByStepFromZero() {
        meters.failed(CanaryStep.ARRIVE);
        meters.failed(CanaryStep.ARRIVE);
        for (CanaryStep step : CanaryStep.values()) {
            assertThat(registry.get("facteur.canary.failures")
                            .tag("step", step.label())
                            .counter()
                            .count())
                    .as(step.label())
                    .isEqualTo(step == CanaryStep.ARRIVE ? 2 : 0);
        }
    }
}
