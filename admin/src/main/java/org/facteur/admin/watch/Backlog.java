package org.facteur.admin.watch;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a stage has before it.
 *
 * @param waiting by partition, the offset of the first record that is not done; only partitions that have one
 * @param records how many there are
 */
record Backlog(WatchedStage stage, Map<TopicPartition, Long> waiting, long records) {}
