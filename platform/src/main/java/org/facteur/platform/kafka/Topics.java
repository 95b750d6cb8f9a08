package org.facteur.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.facteur.mail.record.Topic;

/** How each {@link Topic} is created. */
final class Topics {
    private static final long SEGMENT = 64 << 20;
    private static final long SMALL_SEGMENT = 16 << 20;
    private static final long INDEX = 1 << 20;

    private Topics() {}

    static NewTopic create(Topic topic, KafkaSettings settings) {
        return new NewTopic(topic.topicName(), settings.partitions(), (short) settings.replication())
                .configs(configs(topic, settings));
    }

    static Map<String, String> configs(Topic topic, KafkaSettings settings) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(ClientProperties.MAX_RECORD));
        configs.put(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG, Long.toString(INDEX));
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.replication() >= 3 ? "2" : "1");
        if (topic.carriesPromise() && settings.replication() == 1) {
            // no second copy stands behind an acknowledgement, so the disk must
            configs.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1");
        }
        switch (topic.kind()) {
            case MAIL -> keep(configs, settings.retention(), SEGMENT, Duration.ofDays(1));
            case REPLIES ->
                keep(configs, topic.retention().orElse(settings.retention()), SMALL_SEGMENT, Duration.ofMinutes(10));
            case TABLE -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                configs.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
                configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(SMALL_SEGMENT));
                configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofHours(1)));
            }
        }
        return configs;
    }

    private static void keep(Map<String, String> configs, Duration retention, long segment, Duration roll) {
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
        configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(segment));
        configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(roll));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
