package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.ManualClock;
import org.junit.jupiter.api.Test;

class EgressMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();
    private final EgressMetrics metrics = new EgressMetrics(registry, clock);

    @Test
    void outcomesAreThereFromTheStart() {
        for (String outcome : List.of("sent", "deferred", "bounced")) {
            assertThat(count("facteur_egress_attempts_total", "outcome", outcome))
                    .isZero();
        }
        assertThat(replies("other", "none")).isZero();
    }

    @Test
    void everyRecipientCountsByItsReply() {
        Outcome mixed = new Outcome(
                List.of("a", "b"),
                List.of(new Outcome.Failure("c", "4.2.2", "452 full", ReplyClass.TEMPORARY)),
                List.of(new Outcome.Failure("d", "5.1.1", "550 who?", ReplyClass.PERMANENT)),
                "mx1.big.example",
                "",
                "mx1.big.example");
        metrics.attempted(mixed, Duration.ofMillis(300));
        metrics.attempted(
                Outcome.allTemporary(
                        List.of("e"), "customer.example", "mx2.big.example", ReplyClass.NONE, "no connection"),
                Duration.ofMillis(100));
        assertThat(replies("big.example", "2xx")).isEqualTo(2);
        assertThat(replies("big.example", "4xx")).isEqualTo(1);
        assertThat(replies("big.example", "5xx")).isEqualTo(1);
        assertThat(replies("big.example", "none")).isEqualTo(1);
        assertThat(count("facteur_egress_attempts_total", "outcome", "deferred"))
                .isEqualTo(2);
        assertThat(registry.get("facteur_egress_attempt_seconds").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(400);
    }

    @Test
    void providersAreBounded() {
        for (int i = 0; i < 52; i++) {
            metrics.attempted(
                    Outcome.allPermanent(List.of("a"), "mx.p" + i + ".example", "5.1.2", "no"), Duration.ZERO);
        }
        assertThat(replies("p49.example", "none")).isEqualTo(1);
        assertThat(replies("other", "none")).isEqualTo(2);
        clock.advance(Duration.ofHours(2));
        metrics.attempted(Outcome.allPermanent(List.of("a"), "mx.new.example", "5.1.2", "no"), Duration.ZERO);
        assertThat(replies("new.example", "none")).isEqualTo(1);
        assertThat(registry.find("facteur_egress_replies_total")
                        .tag("provider", "p0.example")
                        .counters())
                .isEmpty();
    }

    @Test
    void theQueueIsToldAsItWasReadLast() {
        assertThat(gauge("facteur_queue_oldest_seconds")).isZero();
        metrics.deferred(Map.of("a.example", 3L, "b.example", 1L), Optional.of(clock.instant()));
        clock.advance(Duration.ofMinutes(5));
        metrics.deferred(Map.of("a.example", 2L), Optional.of(clock.instant().minusSeconds(300)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(gauge("facteur_queue_deferred_domain", "domain", "a.example"))
                .isEqualTo(2);
        assertThat(registry.get("facteur_queue_deferred_domain").gauges()).hasSize(1);
        assertThat(gauge("facteur_queue_oldest_seconds")).isEqualTo(360);
        metrics.deferred(Map.of(), Optional.empty());
        assertThat(registry.find("facteur_queue_deferred_domain").gauges()).isEmpty();
        assertThat(gauge("facteur_queue_oldest_seconds")).isZero();
    }

    private double replies(String provider, String reply) {
        return count("facteur_egress_replies_total", "provider", provider, "reply", reply);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }
}
