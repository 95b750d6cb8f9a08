package org.facteur.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller inside this JVM, listening on 127.0.0.1 only. Its directory is formatted at the
 * first start and keeps topics, records and offsets from then on; only one JVM may use it at a time. {@link #stop()} and
 * {@link #start()} keep the port, so clients see what an outage would show them.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int ATTEMPTS = 3;

    private final Path logs;
    private final EmbeddedKafkaSettings settings;
    private int port;
    private KafkaRaftServer server;

    private EmbeddedKafka(Path logs, EmbeddedKafkaSettings settings) {
        this.logs = logs;
        this.settings = settings;
        this.port = settings.port();
    }

    /**
     * Starts a broker on a directory, new or used before; blocks until it serves, 1-3 s.
     *
     * @throws IOException when the port is in use, the directory is another broker's or in use, or the broker fails
     */
    public static EmbeddedKafka start(Path dir, EmbeddedKafkaSettings settings) throws IOException {
        var logs = Files.createDirectories(dir).toAbsolutePath().normalize();
        var kafka = new EmbeddedKafka(logs, settings);
        kafka.start();
        return kafka;
    }

    /** Starts the broker again after {@link #stop()}, on the port that it had; a running broker is left as it is. */
    public synchronized void start() throws IOException {
        if (server != null) return;
        if (port != 0) {
            startOn(port);
            return;
        }
        for (int attempt = 1; ; attempt++) {
            int candidate = Ports.free();
            try {
                startOn(candidate);
                port = candidate;
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) throw e;
                LOG.info("broker did not start on port {}, trying another: {}", candidate, e.toString());
            }
        }
    }

    private void startOn(int candidate) throws IOException {
        Ports.requireFree(candidate);
        long begun = System.nanoTime();
        var properties = BrokerProperties.of(logs, candidate, Ports.free(), settings.overrides());
        KafkaRaftServer starting = null;
        try {
            format();
            starting = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (Exception e) {
            if (starting != null) starting.shutdown();
            throw new IOException(
                    "Kafka in " + logs + " does not start on port " + candidate + ": " + e.getMessage(), e);
        }
        LOG.info(
                "Kafka on {}:{} after {} ms",
                BrokerProperties.HOST,
                candidate,
                (System.nanoTime() - begun) / 1_000_000);
    }

    private void format() throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) return;
        try (var quiet = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(logs.toString())
                    .addDirectory(logs.toString())
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    /** What clients set as {@code bootstrap.servers}; the same while the broker is stopped. */
    public synchronized String bootstrapServers() {
        return BrokerProperties.HOST + ":" + port;
    }

    /** Stops the broker in order: logs are flushed and marked clean. Blocks until it is down; again is no failure. */
    public synchronized void stop() {
        if (server == null) return;
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }
}
