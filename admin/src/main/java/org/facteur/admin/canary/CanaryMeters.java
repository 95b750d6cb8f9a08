package org.facteur.admin.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The meters of the canary. The age of the last success counts from the start until there is one. */
final class CanaryMeters {
    private final Clock clock;
    private final Counter sent;
    private final Map<CanaryStep, Counter> failures = new EnumMap<>(CanaryStep.class);
    private final Timer roundTrip;
    private volatile Instant lastSuccess;

    CanaryMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        lastSuccess = clock.instant();
        sent = Counter.builder("facteur.canary.sent")
                .description("Messages of the canary that submission has accepted")
                .register(registry);
        for (CanaryStep step : CanaryStep.values()) {
            failures.put(
                    step,
                    Counter.builder("facteur.canary.failures")
                            .description("Round trips that did not come to their end, by the step that failed")
                            .tag("step", step.label())
                            .register(registry));
        }
        roundTrip = Timer.builder("facteur.canary.round.trip")
                .description("From the connection to submission to the message read over IMAP")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("facteur.canary.last.success", this::age)
                .description("Since the canary last came through, or since the start where it has not yet")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Says whether this process has a canary. */
    static void enabled(MeterRegistry registry, boolean enabled) {
        Gauge.builder("facteur.canary.enabled", () -> enabled ? 1 : 0)
                .description("1 where there is a canary")
                .register(registry);
    }

    void sent() {
        sent.increment();
    }

    void failed(CanaryStep step) {
        failures.get(step).increment();
    }

    void succeeded(long nanos) {
        roundTrip.record(nanos, TimeUnit.NANOSECONDS);
        lastSuccess = clock.instant();
    }

    private double age() {
        return Duration.between(lastSuccess, clock.instant()).toMillis() / 1000.0;
    }
}
