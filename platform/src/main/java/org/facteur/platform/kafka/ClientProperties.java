package org.facteur.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What Kafka's clients are told, and why. */
final class ClientProperties {
    /** How long a record may wait for its acknowledgement: shorter than any SMTP client's patience (RFC 5321 4.5.3.2.6). */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(12);

    /** The longest a call that looks up metadata may block; only threads that may block make one. */
    static final Duration MAX_BLOCK = Duration.ofSeconds(2);

    /** Octets of the largest record: the inline limit can be set up to this, less the envelope. */
    static final int MAX_RECORD = 8 << 20;

    /** Octets of a batch where each costs a flush: as much as can gather. */
    static final int FLUSHED_BATCH = 1 << 20;

    /** Octets of a batch where none does: the producer keeps this much memory for each partition that it writes to. */
    static final int SWIFT_BATCH = 64 << 10;

    private static final int PRODUCER_MEMORY = 24 << 20;
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private ClientProperties() {}

    /** Group commit: one request in flight, so that the next batch gathers while one is flushed. */
    static Map<String, Object> producer(KafkaSettings settings, String name, int batch, Duration linger) {
        Map<String, Object> properties = common(settings, name);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, batch);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) PRODUCER_MEMORY);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 6_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        // a topic once known stays known: else the first record after a quiet time would block its sender
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, FOR_EVER.toMillis());
        // and while every broker is away: starting again from the bootstrap servers would forget it
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name());
        return properties;
    }

    /** A member of the stage's consumer group. */
    static Map<String, Object> stage(KafkaSettings settings, StageSettings stage) {
        Map<String, Object> properties = consumer(settings, stage.name());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, stage.name());
        settings.instance()
                .ifPresent(instance ->
                        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance + "-" + stage.name()));
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int)
                settings.drain().plusSeconds(40).toMillis());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // a partition that is resumed can wait that long for the request already on its way for the others
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 200);
        return properties;
    }

    /** A reader without a group; {@code reset} says where it begins when it has no position: earliest or latest. */
    static Map<String, Object> follower(KafkaSettings settings, String name, String reset) {
        Map<String, Object> properties = consumer(settings, name);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        return properties;
    }

    /** A reader without a group of one record here and there; a batch is fetched whole, so a larger one comes alone. */
    static Map<String, Object> glance(KafkaSettings settings, String name) {
        Map<String, Object> properties = follower(settings, name, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 16 << 10);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 64 << 10);
        return properties;
    }

    /** For the creation of topics, and to ask the brokers about themselves. */
    static Map<String, Object> admin(KafkaSettings settings, String name) {
        Map<String, Object> properties = common(settings, name);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return properties;
    }

    private static Map<String, Object> consumer(KafkaSettings settings, String name) {
        Map<String, Object> properties = common(settings, name);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        // the heartbeat thread of a group wakes that often, needed or not
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 250L);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 9_000);
        return properties;
    }

    private static Map<String, Object> common(KafkaSettings settings, String name) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, name);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50L);
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3_000L);
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        // our own meters say what counts; thousands of MBeans would only cost memory
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        return properties;
    }
}
