package org.facteur.platform.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one stage. */
final class StageMeters {
    private final Counter done;
    private final Counter retried;
    private final Counter dead;
    private final Counter buried;
    private final Timer seconds;
    private final AtomicLong lag = new AtomicLong();

    StageMeters(MeterRegistry registry, String stage) {
        done = records(registry, stage, "done");
        retried = records(registry, stage, "retried");
        dead = records(registry, stage, "dead");
        buried = Counter.builder("facteur.dead")
                .description("Records put on mail.dead")
                .tag("stage", stage)
                .register(registry);
        seconds = Timer.builder("facteur.stage")
                .description("From a record's hand-over to its end; of a whole batch where the stage reads batches")
                .tag("stage", stage)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("facteur.stage.lag", lag, AtomicLong::get)
                .description("Records on the stage's partitions that are not done")
                .tag("stage", stage)
                .register(registry);
    }

    private static Counter records(MeterRegistry registry, String stage, String outcome) {
        return Counter.builder("facteur.stage.records")
                .description("Records by how they ended; retried counts attempts that failed")
                .tag("stage", stage)
                .tag("outcome", outcome)
                .register(registry);
    }

    void done(int records, long nanos) {
        done.increment(records);
        seconds.record(nanos, TimeUnit.NANOSECONDS);
    }

    void retried(int records) {
        retried.increment(records);
    }

    void dead() {
        dead.increment();
        buried.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}
