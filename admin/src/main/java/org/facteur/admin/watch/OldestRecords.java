package org.facteur.admin.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads when records came: one record of each partition, the one at an offset, and no more than the consumer's fetch brings
 * along. Blocks, for {@value #PATIENCE_SECONDS} s at most.
 */
final class OldestRecords {
    private static final int PATIENCE_SECONDS = 5;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;

    OldestRecords(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The times of the records at these offsets; a partition that does not answer in time is left out. */
    Map<TopicPartition, Instant> at(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Instant> times = new HashMap<>();
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (times.size() < offsets.size() && System.nanoTime() - end < 0) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                ConsumerRecord<String, byte[]> first =
                        records.records(partition).get(0);
                times.putIfAbsent(partition, Instant.ofEpochMilli(first.timestamp()));
                consumer.pause(List.of(partition));
            }
        }
        consumer.unsubscribe();
        return times;
    }
}
