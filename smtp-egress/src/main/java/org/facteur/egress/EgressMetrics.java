package org.facteur.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.platform.metrics.BoundedLabels;

/**
 * The meters of smtp-egress. What they tell of the queue is of the whole queue, whichever instance tells it. For one event
 * loop.
 */
final class EgressMetrics {
    private static final int MOST_PROVIDERS = 50;

    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicLong deferred = new AtomicLong();
    private final AtomicReference<Optional<Instant>> oldest = new AtomicReference<>(Optional.empty());
    private final MultiGauge deferredByDomain;
    private final Timer attempts;
    private final Map<String, Counter> outcomes = new HashMap<>();
    private final BoundedLabels providers;
    private final Map<String, Map<ReplyClass, Counter>> replies = new HashMap<>();

    EgressMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        providers = new BoundedLabels(MOST_PROVIDERS, clock, this::forget);
        Gauge.builder("facteur_queue_deferred", deferred, AtomicLong::doubleValue)
                .description("Messages to remote domains that wait for another attempt or are held")
                .register(meters);
        Gauge.builder("facteur_queue_oldest_seconds", this, EgressMetrics::oldestSeconds)
                .description("Age of the message that waits longest, from its acceptance; 0 when none does")
                .baseUnit("seconds")
                .register(meters);
        deferredByDomain = MultiGauge.builder("facteur_queue_deferred_domain")
                .description("Deferred messages of the destinations that have most")
                .register(meters);
        attempts = Timer.builder("facteur_egress_attempt_seconds")
                .description("Time of one attempt, from the look-up of the route to its outcome")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
        Outcome.WORDS.forEach(word -> outcomes.put(
                word,
                Counter.builder("facteur_egress_attempts_total")
                        .description("Attempts to hand a message over to one domain, by outcome")
                        .tag("outcome", word)
                        .register(meters)));
        replies.put(BoundedLabels.OTHER, repliesOf(BoundedLabels.OTHER));
    }

    /** One attempt and what it came to: sent, deferred, bounced; and the reply that each recipient got. */
    void attempted(Outcome outcome, Duration time) {
        attempts.record(time);
        outcomes.get(outcome.word()).increment();
        Map<ReplyClass, Counter> counters =
                replies.computeIfAbsent(providers.of(Provider.of(outcome.tried())), this::repliesOf);
        counters.get(ReplyClass.POSITIVE).increment(outcome.delivered().size());
        outcome.temporary().forEach(failure -> counters.get(failure.reply()).increment());
        outcome.permanent().forEach(failure -> counters.get(failure.reply()).increment());
    }

    /** How many entries the deferred queue has now. */
    void deferred(long entries) {
        deferred.set(entries);
    }

    /** The destinations that have most entries, instead of those told before, and when the oldest entry was accepted. */
    void deferred(Map<String, Long> domains, Optional<Instant> acceptedAt) {
        oldest.set(acceptedAt);
        deferredByDomain.register(
                domains.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(Tags.of("domain", entry.getKey()), entry.getValue()))
                        .toList(),
                true);
    }

    private double oldestSeconds() {
        return oldest.get()
                .map(acceptedAt -> Math.max(
                        0, Duration.between(acceptedAt, clock.instant()).toSeconds()))
                .orElse(0L);
    }

    private Map<ReplyClass, Counter> repliesOf(String provider) {
        Map<ReplyClass, Counter> counters = new EnumMap<>(ReplyClass.class);
        for (ReplyClass reply : ReplyClass.values()) {
            counters.put(
                    reply,
                    Counter.builder("facteur_egress_replies_total")
                            .description("Recipients by the class of the reply that decided on them, by provider")
                            .tag("provider", provider)
                            .tag("reply", reply.label())
                            .register(meters));
        }
        return counters;
    }

    private void forget(String provider) {
        Optional.ofNullable(replies.remove(provider))
                .ifPresent(counters -> counters.values().forEach(meters::remove));
    }
}
