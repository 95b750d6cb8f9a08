package org.facteur.admin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PostgresMetrics metrics = new PostgresMetrics(registry);

    @Test
    void nothingIsClaimedBeforeTheFirstReading() {
        assertThat(gauge("facteur_postgres_up")).isZero();
        assertThat(gauge("facteur_postgres_database_octets")).isNaN();
        assertThat(registry.find("facteur_postgres_commits_total").functionCounters())
                .isEmpty();
    }

    @Test
    void theHitRatioIsThatSinceTheReadingBefore() {
        metrics.read(state(10, 90, 10));
        assertThat(gauge("facteur_postgres_cache_hit_ratio")).isEqualTo(0.9);
        metrics.read(state(20, 140, 60));
        assertThat(gauge("facteur_postgres_cache_hit_ratio")).isEqualTo(0.5);
        metrics.read(state(30, 140, 60));
        assertThat(gauge("facteur_postgres_cache_hit_ratio")).isEqualTo(0.5);
        assertThat(registry.get("facteur_postgres_commits_total")
                        .functionCounter()
                        .count())
                .isEqualTo(30);
    }

    @Test
    void anOutageLeavesNoOldNumbers() {
        metrics.read(state(10, 90, 10));
        assertThat(gauge("facteur_postgres_up")).isEqualTo(1);
        assertThat(registry.get("facteur_postgres_connections")
                        .tag("state", "idle")
                        .gauge()
                        .value())
                .isEqualTo(4);
        metrics.unreachable();
        assertThat(gauge("facteur_postgres_up")).isZero();
        assertThat(gauge("facteur_postgres_database_octets")).isNaN();
        assertThat(gauge("facteur_postgres_oldest_transaction_seconds")).isNaN();
        assertThat(registry.find("facteur_postgres_connections").gauges()).isEmpty();
        metrics.read(state(11, 90, 10));
        assertThat(gauge("facteur_postgres_up")).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static PostgresState state(long commits, long hits, long reads) {
        return new PostgresState(8000, commits, 1, 0, hits, reads, Map.of("idle", 4L), 0);
    }
}
