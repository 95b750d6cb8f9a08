package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.facteur.mail.record.Topic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {
    private static KafkaSettings replicated(int replication) {
        return new KafkaSettings(
                "nowhere:1", 3, replication, Duration.ofDays(7), Optional.empty(), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void aPromiseIsFlushedWhereThereIsNoSecondCopy(Topic topic) {
        var configs = Topics.configs(topic, replicated(1));
        assertThat(configs.containsKey("flush.messages")).isEqualTo(topic.carriesPromise());
        assertThat(configs).containsEntry("min.insync.replicas", "1");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void threeCopiesPromiseByTwo(Topic topic) {
        assertThat(Topics.configs(topic, replicated(3)))
                .containsEntry("min.insync.replicas", "2")
                .doesNotContainKey("flush.messages");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void onlyTablesAreCompacted(Topic topic) {
        var configs = Topics.configs(topic, replicated(1));
        assertThat(configs).containsEntry("cleanup.policy", topic.kind() == Topic.Kind.TABLE ? "compact" : "delete");
        if (topic.kind() == Topic.Kind.MAIL) {
            assertThat(configs)
                    .containsEntry(
                            "retention.ms", Long.toString(Duration.ofDays(7).toMillis()));
        }
    }
}
