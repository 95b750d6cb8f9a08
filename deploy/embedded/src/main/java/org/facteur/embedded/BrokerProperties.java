package org.facteur.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The broker's properties: one node that is broker and controller, sized for a small machine. Which appends are flushed
 * is decided per topic ({@code flush.messages}) by whoever creates the topic.
 */
public final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String HOST = "127.0.0.1";

    private static final int MIB = 1024 * 1024;

    private static final Map<String, String> NODE = Map.of(
            "process.roles", "broker,controller",
            "node.id", Integer.toString(NODE_ID),
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names", CONTROLLER_LISTENER,
            "inter.broker.listener.name", "PLAINTEXT",
            "metric.reporters", "");

    private static final Map<String, String> HABITS = Map.of(
            // a session outlives kill -9, and the next start is refused until it expires
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500",
            "auto.create.topics.enable", "false");

    private static final Map<String, String> THREADS = Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.replica.fetchers", "1",
            "num.recovery.threads.per.data.dir", "2",
            "log.cleaner.threads", "1",
            "group.coordinator.threads", "1",
            "share.coordinator.threads", "1",
            "queued.max.requests", "64");

    private static final Map<String, String> INTERNAL_TOPICS = Map.of(
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0");

    private static final Map<String, String> SIZES = Map.of(
            "message.max.bytes", Integer.toString(2 * MIB),
            "replica.fetch.max.bytes", Integer.toString(2 * MIB),
            "socket.request.max.bytes", Integer.toString(16 * MIB),
            "log.segment.bytes", Integer.toString(128 * MIB),
            // mapped and preallocated for each active segment; enough for 128 MiB of 4 KiB batches
            "log.index.size.max.bytes", Integer.toString(MIB / 2),
            "log.cleaner.dedupe.buffer.size", Integer.toString(2 * MIB),
            "offsets.load.buffer.size", Integer.toString(MIB),
            // bounds what an unclean stop makes the next start read again
            "log.flush.offset.checkpoint.interval.ms", "10000",
            "metadata.log.segment.bytes", Integer.toString(16 * MIB),
            "metadata.log.max.record.bytes.between.snapshots", Integer.toString(4 * MIB));

    private BrokerProperties() {}

    /** The properties that do not say where the broker is: how it behaves, its threads and its sizes. */
    public static Map<String, String> anywhere() {
        var all = new TreeMap<String, String>();
        all.putAll(HABITS);
        all.putAll(THREADS);
        all.putAll(INTERNAL_TOPICS);
        all.putAll(SIZES);
        return all;
    }

    /** All properties of a broker whose logs lie in {@code logs}, on these two ports of 127.0.0.1. */
    static Properties of(Path logs, int port, int controllerPort, Map<String, String> overrides) {
        var all = new Properties();
        all.putAll(NODE);
        all.putAll(anywhere());
        all.put("log.dirs", logs.toString());
        all.put("listeners", "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort));
        all.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, port));
        all.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, HOST, controllerPort));
        all.putAll(overrides);
        return all;
    }
}
