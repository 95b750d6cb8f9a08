package org.facteur.admin.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The meters of Kafka and of what waits in it. While Kafka does not answer, {@code facteur_kafka_brokers} is 0 and the others
 * have no value: an old number would be a lie.
 */
final class KafkaMetrics {
    private final MultiGauge logOctets;
    private final MultiGauge records;
    private final MultiGauge oldest;
    private final Clock clock;
    private volatile double brokers;
    private volatile double underReplicated = Double.NaN;
    private volatile double offline = Double.NaN;

    KafkaMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        Gauge.builder("facteur_kafka_brokers", this, self -> self.brokers)
                .description("Brokers that are there; 0 when none answers")
                .register(registry);
        Gauge.builder("facteur_kafka_under_replicated_partitions", this, self -> self.underReplicated)
                .description("Partitions with fewer replicas in sync than they should have")
                .register(registry);
        Gauge.builder("facteur_kafka_offline_partitions", this, self -> self.offline)
                .description("Partitions without a leader")
                .register(registry);
        logOctets = MultiGauge.builder("facteur_kafka_log_octets")
                .description("Octets of a topic on the disks of all brokers together")
                .register(registry);
        records = MultiGauge.builder("facteur_backlog_records")
                .description("Records that a stage has not done, whether or not it runs")
                .register(registry);
        oldest = MultiGauge.builder("facteur_backlog_oldest_seconds")
                .description("Age of the oldest record that a stage has not done; 0 when nothing waits")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Kafka has answered. */
    void read(ClusterState state) {
        brokers = state.brokers();
        underReplicated = state.underReplicated();
        offline = state.offline();
        logOctets.register(
                state.logOctets().entrySet().stream()
                        .map(topic -> MultiGauge.Row.of(Tags.of("topic", topic.getKey()), topic.getValue()))
                        .toList(),
                true);
    }

    /** What waits, and when the first waiting record of each partition came, as far as that could be read. */
    void read(List<Backlog> backlogs, Map<TopicPartition, Instant> times) {
        records.register(
                backlogs.stream()
                        .map(backlog -> MultiGauge.Row.of(tags(backlog), backlog.records()))
                        .toList(),
                true);
        oldest.register(
                backlogs.stream()
                        .map(backlog -> MultiGauge.Row.of(tags(backlog), age(backlog, times)))
                        .toList(),
                true);
    }

    /** Kafka does not answer. */
    void unreachable() {
        brokers = 0;
        underReplicated = Double.NaN;
        offline = Double.NaN;
        logOctets.register(Collections.emptyList(), true);
        records.register(Collections.emptyList(), true);
        oldest.register(Collections.emptyList(), true);
    }

    private static Tags tags(Backlog backlog) {
        return Tags.of(
                "stage",
                backlog.stage().name(),
                "topic",
                backlog.stage().topic().topicName());
    }

    private double age(Backlog backlog, Map<TopicPartition, Instant> times) {
        if (backlog.waiting().isEmpty()) {
            return 0;
        }
        return backlog.waiting().keySet().stream()
                .filter(times::containsKey)
                .map(times::get)
                .min(Instant::compareTo)
                .map(time -> Math.max(0, Duration.between(time, clock.instant()).toMillis() / 1000.0))
                .orElse(Double.NaN);
    }
}
