package org.facteur.admin.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.function.ToDoubleFunction;

/**
 * The meters of PostgreSQL. While it does not answer, {@code facteur_postgres_up} is 0, the gauges have no value and the counters
 * stand still.
 */
final class PostgresMetrics {
    private final MeterRegistry registry;
    private final MultiGauge connections;
    private volatile boolean up;
    private volatile PostgresState state;
    private volatile double hitRatio = Double.NaN;

    PostgresMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("facteur_postgres_up", this, self -> self.up ? 1 : 0)
                .description("Whether PostgreSQL answers")
                .register(registry);
        gauge("facteur_postgres_database_octets", "The database on the disk", self -> self.state.octets());
        gauge(
                "facteur_postgres_cache_hit_ratio",
                "Part of the blocks read since the reading before that were in PostgreSQL's cache",
                self -> self.hitRatio);
        gauge(
                "facteur_postgres_oldest_transaction_seconds",
                "For how long the oldest transaction has been open",
                self -> self.state.oldestTransaction());
        connections = MultiGauge.builder("facteur_postgres_connections")
                .description("Connections to the database by state")
                .register(registry);
    }

    private void gauge(String name, String what, ToDoubleFunction<PostgresMetrics> value) {
        Gauge.builder(name, this, self -> self.up ? value.applyAsDouble(self) : Double.NaN)
                .description(what)
                .register(registry);
    }

    /** PostgreSQL has answered. */
    void read(PostgresState now) {
        PostgresState before = state;
        long hits = now.hits() - (before == null ? 0 : before.hits());
        long reads = now.reads() - (before == null ? 0 : before.reads());
        if (hits >= 0 && reads >= 0 && hits + reads > 0) { // the statistics may have been reset meanwhile
            hitRatio = (double) hits / (hits + reads);
        }
        state = now;
        up = true;
        if (before == null) {
            count(); // not before there is a number: a counter that leaps from 0 would look like a burst
        }
        connections.register(
                now.connections().entrySet().stream()
                        .map(one -> MultiGauge.Row.of(Tags.of("state", one.getKey()), one.getValue()))
                        .toList(),
                true);
    }

    /** PostgreSQL does not answer. */
    void unreachable() {
        up = false;
        connections.register(Collections.emptyList(), true);
    }

    private void count() {
        counter("facteur_postgres_commits_total", "Transactions committed", self -> self.state.commits());
        counter("facteur_postgres_rollbacks_total", "Transactions rolled back", self -> self.state.rollbacks());
        counter("facteur_postgres_deadlocks_total", "Deadlocks found", self -> self.state.deadlocks());
    }

    private void counter(String name, String what, ToDoubleFunction<PostgresMetrics> value) {
        FunctionCounter.builder(name, this, value).description(what).register(registry);
    }
}
