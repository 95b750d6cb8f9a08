package org.facteur.admin.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the brokers. Blocks; fails with {@link ExecutionException} where they do not answer within the client's timeouts. */
final class ClusterReading {
    private final Admin admin;

    ClusterReading(Admin admin) {
        this.admin = admin;
    }

    /** The brokers, the partitions' replicas and the logs' sizes. */
    ClusterState state() throws ExecutionException, InterruptedException {
        Collection<Node> brokers = admin.describeCluster().nodes().get();
        int underReplicated = 0;
        int offline = 0;
        for (TopicDescription topic : topics().values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                underReplicated += partition.isr().size() < partition.replicas().size() ? 1 : 0;
                offline += partition.leader() == null || partition.leader().isEmpty() ? 1 : 0;
            }
        }
        return new ClusterState(brokers.size(), underReplicated, offline, logOctets(brokers));
    }

    private Map<String, TopicDescription> topics() throws ExecutionException, InterruptedException {
        Collection<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(names).allTopicNames().get();
    }

    private Map<String, Long> logOctets(Collection<Node> brokers) throws ExecutionException, InterruptedException {
        List<Integer> ids = brokers.stream().map(Node::id).toList();
        Map<String, Long> octets = new HashMap<>();
        try {
            for (Map<String, LogDirDescription> directories :
                    admin.describeLogDirs(ids).allDescriptions().get().values()) {
                for (LogDirDescription directory : directories.values()) {
                    directory
                            .replicaInfos()
                            .forEach(
                                    (partition, replica) -> octets.merge(partition.topic(), replica.size(), Long::sum));
                }
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) { // a managed Kafka may keep its disks to itself
                throw e;
            }
        }
        return octets;
    }

    /**
     * What stages have before them: from the offset that a group has committed, or the topic's beginning where it has none or
     * that record is gone, to the end.
     */
    List<Backlog> backlogs(List<WatchedStage> stages) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitionsOf(stages);
        Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
        // the commits before the ends: a record that is done in between is counted once more, never a negative number
        Map<WatchedStage, Map<TopicPartition, Long>> committed = new HashMap<>();
        for (WatchedStage stage : stages) {
            committed.put(stage, committed(stage));
        }
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        return stages.stream()
                .map(stage -> backlog(stage, starts, committed.get(stage), ends))
                .toList();
    }

    private static Backlog backlog(
            WatchedStage stage,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> waiting = new HashMap<>();
        long records = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            long start = starts.getOrDefault(partition, 0L);
            long next = Math.max(start, committed.getOrDefault(partition, start));
            if (partition.topic().equals(stage.topic().topicName()) && next < end.getValue()) {
                waiting.put(partition, next);
                records += end.getValue() - next;
            }
        }
        return new Backlog(stage, waiting, records);
    }

    private List<TopicPartition> partitionsOf(List<WatchedStage> stages)
            throws ExecutionException, InterruptedException {
        List<String> names = stages.stream()
                .map(stage -> stage.topic().topicName())
                .distinct()
                .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(names).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer :
                admin.listOffsets(asked).all().get().entrySet()) {
            offsets.put(answer.getKey(), answer.getValue().offset());
        }
        return offsets;
    }

    /** A group that never was has nothing committed. */
    private Map<TopicPartition, Long> committed(WatchedStage stage) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> found = admin.listConsumerGroupOffsets(
                            Map.of(stage.name(), new ListConsumerGroupOffsetsSpec()))
                    .partitionsToOffsetAndMetadata(stage.name())
                    .get();
            found.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return offsets;
    }
}
