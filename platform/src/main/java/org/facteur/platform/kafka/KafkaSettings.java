package org.facteur.platform.kafka;

import java.time.Duration;
import java.util.Optional;
import org.facteur.platform.config.CommonSettings;

/**
 * How a process reaches Kafka and what its topics are like.
 *
 * @param bootstrap host:port, comma-separated
 * @param partitions of a topic that is created
 * @param replication factor of a topic that is created
 * @param retention of the mail topics
 * @param instance a name for this process that no other process bears at the same time: a process that dies and starts
 *     again under it has its partitions back at once (static membership, KIP-345). Without it they come back after the
 *     session timeout of 10 s. Two processes under one name would fence each other, so only the standalone run, alone with
 *     its embedded broker, has one
 * @param drain how long a stage waits at a stop or a rebalance for what is under way
 */
public record KafkaSettings(
        String bootstrap,
        int partitions,
        int replication,
        Duration retention,
        Optional<String> instance,
        Duration drain) {
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** The settings of a process among others. */
    public static KafkaSettings of(CommonSettings common) {
        return new KafkaSettings(
                common.kafka(),
                common.kafkaPartitions(),
                common.kafkaReplication(),
                common.retention(),
                Optional.empty(),
                DRAIN);
    }

    /** The same for the only process at its broker. */
    public KafkaSettings alone() {
        return new KafkaSettings(bootstrap, partitions, replication, retention, Optional.of("standalone"), drain);
    }

    /** The same at another broker. */
    public KafkaSettings at(String otherBootstrap) {
        return new KafkaSettings(otherBootstrap, partitions, replication, retention, instance, drain);
    }
}
