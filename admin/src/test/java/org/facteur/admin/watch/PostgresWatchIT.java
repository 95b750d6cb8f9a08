package org.facteur.admin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.backends.TestBackends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watch of PostgreSQL against a database of its own. */
class PostgresWatchIT {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        done(vertx.close());
    }

    @Test
    void tellsOfItself() {
        PostgresWatch postgres =
                new PostgresWatch(vertx, TestBackends.freshDatabase().uri(), registry);
        done(postgres.look());
        assertThat(value("facteur_postgres_up")).isEqualTo(1);
        assertThat(value("facteur_postgres_database_octets")).isGreaterThan(1_000_000);
        assertThat(value("facteur_postgres_cache_hit_ratio")).isBetween(0.0, 1.0);
        assertThat(value("facteur_postgres_oldest_transaction_seconds")).isNotNegative();
        assertThat(registry.get("facteur_postgres_connections")
                        .tag("state", "active")
                        .gauge()
                        .value())
                .as("the watch's own")
                .isEqualTo(1);
        for (String name : new String[] {"commits", "rollbacks", "deadlocks"}) {
            assertThat(registry.get("facteur_postgres_" + name + "_total")
                            .functionCounter()
                            .count())
                    .isNotNegative();
        }
        done(postgres.stop());
    }

    @Test
    void aDatabaseThatIsNotThereIsDown() {
        PostgresWatch postgres = new PostgresWatch(vertx, "postgresql://nobody:x@127.0.0.1:1/none", registry);
        done(postgres.look());
        assertThat(value("facteur_postgres_up")).isZero();
        assertThat(value("facteur_postgres_database_octets")).isNaN();
        done(postgres.stop());
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
