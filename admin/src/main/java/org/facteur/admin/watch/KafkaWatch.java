package org.facteur.admin.watch;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.service.ServiceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 15 s at the brokers and at what each stage has before it, on a thread and with clients of its own, so that
 * nobody waits for it. An outage is logged once, and told as {@link KafkaMetrics} says.
 */
public final class KafkaWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final String NAME = "kafka-watch";
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final KafkaConnection kafka;
    private final KafkaMetrics metrics;
    private final Thread thread = new Thread(this::run, NAME);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean failing;

    /** Registers the meters; looks at nothing yet. */
    public KafkaWatch(ServiceContext services) {
        kafka = services.kafka();
        metrics = new KafkaMetrics(services.meters(), services.clock());
        thread.setDaemon(true);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    /** Ends, in the middle of a reading if need be. */
    public Future<Void> stop() {
        if (thread.getState() == Thread.State.NEW) {
            return Future.succeededFuture();
        }
        thread.interrupt();
        return Future.fromCompletionStage(ended);
    }

    private void run() {
        try {
            while (true) {
                watch();
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.trace("the watch ends");
        } finally {
            ended.complete(null);
        }
    }

    /** Looks until Kafka does not answer; the next watch begins with clients that are made anew. */
    private void watch() throws InterruptedException {
        try (Clients clients = Clients.of(kafka)) {
            while (look(clients.admin(), clients.consumer())) {
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) { // no clients, or something that nobody thought of: the watch must not end
            failed(e);
        }
    }

    /** One reading; whether Kafka answered. */
    boolean look(Admin admin, Consumer<String, byte[]> consumer) throws InterruptedException {
        ClusterReading reading = new ClusterReading(admin);
        try {
            ClusterState state = reading.state();
            List<Backlog> backlogs = reading.backlogs(WatchedStage.ALL);
            Map<TopicPartition, Instant> times = times(consumer, backlogs);
            metrics.read(state);
            metrics.read(backlogs, times);
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException | KafkaException e) {
            failed(e);
            return false;
        }
        if (failing) {
            LOG.info("Kafka answers the watch again");
        }
        failing = false;
        return true;
    }

    private void failed(Exception cause) {
        metrics.unreachable();
        if (!failing) {
            LOG.warn("Kafka does not answer the watch, trying again every {} s", INTERVAL.toSeconds(), cause);
        }
        failing = true;
    }

    /** What the thread asks with; closed without a wait for what is under way. */
    private record Clients(Admin admin, Consumer<String, byte[]> consumer) implements AutoCloseable {
        static Clients of(KafkaConnection kafka) {
            Admin admin = kafka.adminClient(NAME);
            try {
                return new Clients(admin, kafka.glancingConsumer(NAME));
            } catch (KafkaException e) {
                admin.close(Duration.ZERO);
                throw e;
            }
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private static Map<TopicPartition, Instant> times(Consumer<String, byte[]> consumer, List<Backlog> backlogs) {
        Map<TopicPartition, Long> waiting = new HashMap<>();
        // no two stages read the same topic
        backlogs.forEach(backlog -> waiting.putAll(backlog.waiting()));
        return waiting.isEmpty() ? Map.of() : new OldestRecords(consumer).at(waiting);
    }
}
