package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.facteur.platform.queue.DeferredQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second for deferred mail that is due and tries it again. */
final class DeferredWorker {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredWorker.class);
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration KEEP_SETTLED = Duration.ofDays(8);
    private static final int MOST = 50;
    private static final int MOST_UNDER_WAY = 200;
    private static final int TICKS_PER_CLEANING = 3600;
    private static final int TICKS_PER_READING = 15;
    private static final int DOMAINS_TOLD = 20;

    private final Vertx vertx;
    private final DeferredQueue queue;
    private final Attempts attempts;
    private final EgressMetrics metrics;
    private final Clock clock;
    private final Set<Future<Void>> underWay = new HashSet<>();
    private boolean looking;
    private boolean failing;
    private long ticks;
    private long timer;

    DeferredWorker(Vertx vertx, DeferredQueue queue, Attempts attempts, EgressMetrics metrics, Clock clock) {
        this.vertx = vertx;
        this.queue = queue;
        this.attempts = attempts;
        this.metrics = metrics;
        this.clock = clock;
    }

    void start() {
        timer = vertx.setPeriodic(1000, tick -> look());
    }

    /** Stops looking and waits for what is under way. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.join(underWay.stream().toList()).otherwiseEmpty().mapEmpty();
    }

    private void look() {
        if (looking || underWay.size() > MOST_UNDER_WAY) {
            return;
        }
        looking = true;
        Instant now = clock.instant();
        queue.lease(now, LEASE, MOST)
                .compose(due -> {
                    due.forEach(this::again);
                    return queue.size();
                })
                .compose(size -> {
                    metrics.deferred(size);
                    return ticks % TICKS_PER_READING == 0 ? tell() : Future.succeededFuture();
                })
                .compose(told -> ticks++ % TICKS_PER_CLEANING == 0
                        ? queue.forgetBefore(now.minus(KEEP_SETTLED))
                        : Future.succeededFuture())
                .onComplete(done -> {
                    looking = false;
                    if (done.failed() && !failing) {
                        LOG.warn("the deferred queue cannot be read, trying again every second", done.cause());
                    }
                    failing = done.failed();
                });
    }

    private Future<Void> tell() {
        return queue.byDomain(DOMAINS_TOLD).compose(domains -> queue.oldest().map(oldest -> {
            metrics.deferred(domains, oldest);
            return null;
        }));
    }

    private void again(DeferredQueue.Due due) {
        Future<Void> attempt = attempts.attempt(due.message(), due.attempts());
        underWay.add(attempt);
        attempt.onComplete(done -> {
            underWay.remove(attempt);
            if (done.failed()) {
                // The lease ends by itself and the entry is tried again then.
                LOG.warn("{}: the result of an attempt could not be written down", due.id(), done.cause());
            }
        });
    }
}
