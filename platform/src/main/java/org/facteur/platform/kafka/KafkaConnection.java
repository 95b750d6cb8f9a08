package org.facteur.platform.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.metrics.Health;

/**
 * The way of a service to Kafka: it makes producers, stages, reply readers and views. Close closes all of them. While Kafka
 * cannot be reached, everything that it made keeps trying and goes on by itself when Kafka is back. Safe for any thread.
 */
public final class KafkaConnection {
    private static final Duration JOURNEY_LINGER = Duration.ofMillis(100);

    /** Threads that wait for Kafka at most; apart from others' workers, which must not stand still when Kafka does. */
    private static final int WORKERS = 8;

    private final Vertx vertx;
    private final KafkaSettings settings;
    private final MeterRegistry registry;
    private final Health health;
    private final Completions completions = new Completions();
    private final WorkerExecutor workers;
    private final TopicCreation topicCreation;
    private final Counter produceFailures;
    private final Map<Topic, KafkaTable<?>> tables = new ConcurrentHashMap<>();
    private final Queue<Supplier<Future<Void>>> readers = new ConcurrentLinkedQueue<>();
    private final Queue<Supplier<Future<Void>>> producers = new ConcurrentLinkedQueue<>();
    private volatile RecordProducer dead;
    private RecordProducer journeys;

    /** Connects to nothing yet. */
    public KafkaConnection(Vertx vertx, KafkaSettings settings, MeterRegistry registry, Health health) {
        this.vertx = vertx;
        this.settings = settings;
        this.registry = registry;
        this.health = health;
        workers = vertx.createSharedWorkerExecutor("kafka-" + System.identityHashCode(this), WORKERS);
        topicCreation = new TopicCreation(settings);
        produceFailures = Counter.builder("facteur.produce.failures")
                .description("Records that Kafka did not acknowledge")
                .register(registry);
    }

    /** Creates the topics that are missing, from {@link Topic}; waits with backoff while Kafka cannot be reached. */
    public Future<Void> createTopics() {
        return workers.executeBlocking(
                () -> {
                    topicCreation.run();
                    return null;
                },
                false);
    }

    /**
     * A producer for records that carry a promise: idempotent, acks=all, lz4, 1 MiB batches, one request in flight, so that
     * the next batch gathers while one is flushed.
     *
     * @param name the client id
     */
    public RecordProducer durableProducer(String name) {
        return producer(name, ClientProperties.FLUSHED_BATCH);
    }

    /** A producer for verdicts, replies, events and journeys, apart so that they never wait behind a flush. */
    public RecordProducer swiftProducer(String name) {
        return producer(name, ClientProperties.SWIFT_BATCH);
    }

    /**
     * The producer of journeys, one for all services of the process: they are told, not promised, and nobody waits for them,
     * so they gather for a tenth of a second and cost next to nothing. It is closed with this connection.
     */
    public synchronized RecordProducer journeyProducer() {
        if (journeys == null) {
            journeys = producer("journeys", ClientProperties.SWIFT_BATCH, JOURNEY_LINGER);
        }
        return new SharedProducer(journeys);
    }

    private RecordProducer producer(String name, int batch) {
        return producer(name, batch, Duration.ZERO);
    }

    private RecordProducer producer(String name, int batch, Duration linger) {
        RecordProducer producer =
                new KafkaRecordProducer(settings, name, batch, linger, workers, completions, produceFailures);
        producers.add(producer::close);
        return producer;
    }

    /**
     * Reads record by record: a bounded number in flight per partition, completion in any order, commit of the highest
     * contiguous offset. A handler that fails with {@link PermanentFailure} sends the record to mail.dead, any other failure
     * is tried again with backoff.
     */
    public Stage stage(StageSettings stage, Function<ConsumerRecord<String, byte[]>, Future<Void>> handler) {
        return stage(stage, records -> handler.apply(records.get(0)), stage.inFlight(), 1);
    }

    /**
     * Reads whatever has arrived on a partition as one batch (up to {@link StageSettings#inFlight()}), the next batch after
     * it. A batch that fails with {@link PermanentFailure} is handed over again record by record, to find the one that can
     * never succeed.
     */
    public Stage batchStage(StageSettings stage, Function<List<ConsumerRecord<String, byte[]>>, Future<Void>> handler) {
        return stage(stage, handler, 1, stage.inFlight());
    }

    private Stage stage(
            StageSettings stage,
            Function<List<ConsumerRecord<String, byte[]>>, Future<Void>> handler,
            int runs,
            int runLength) {
        Context context = vertx.getOrCreateContext();
        StageMeters meters = new StageMeters(registry, stage.name());
        Lane.Outage outage = new Lane.Outage();
        DeadLetters deadLetters = new DeadLetters(record -> deadProducer().send(record));
        ConsumerStage made = new ConsumerStage(
                settings,
                stage,
                context,
                meters,
                roomAgain -> new Lane.Plan(
                        stage, vertx, context, handler, runs, runLength, deadLetters, meters, outage, roomAgain));
        health.ready("stage " + stage.name() + " assigned", made::isAssigned);
        readers.add(made::stop);
        return made;
    }

    private synchronized RecordProducer deadProducer() {
        if (dead == null) {
            dead = durableProducer("dead-letters");
        }
        return dead;
    }

    /** Reads the replies of one topic for this instance. */
    public Replies replies(Topic topic) {
        ReplyReader replies = new ReplyReader(settings, vertx, completions, topic);
        health.ready("replies on " + topic.topicName() + " read", () -> replies.ready()
                .isComplete());
        readers.add(replies::close);
        return replies;
    }

    /** The record that answers a request: on the partition that its asker reads, under the request's id. */
    public static ProducerRecord<String, byte[]> reply(Topic topic, ReplyAddress address, byte[] value) {
        return new ProducerRecord<>(topic.topicName(), address.partition(), address.requestId(), value);
    }

    /**
     * Calls back for every record that arrives on a topic from now on, on every instance, without a group; for mailbox
     * events. On the Vert.x context that called.
     */
    public Stage broadcast(Topic topic, Function<ConsumerRecord<String, byte[]>, Future<Void>> handler) {
        Broadcast broadcast = new Broadcast(settings, topic, vertx.getOrCreateContext(), handler);
        readers.add(broadcast::stop);
        return broadcast;
    }

    /** A local view of a compacted topic; whoever asks for the same topic shares it. */
    public <V> TableView<V> table(Topic topic, Class<V> type) {
        KafkaTable<?> table = tables.computeIfAbsent(topic, unseen -> {
            KafkaTable<V> made = new KafkaTable<>(settings, vertx.getOrCreateContext(), topic, type);
            health.ready("table " + topic.topicName() + " caught up", made::isCaughtUp);
            readers.add(made::close);
            return made;
        });
        return table.as(type);
    }

    /** Closes all that this connection has made: first what reads, then, when nothing more can be sent, the producers. */
    public Future<Void> close() {
        topicCreation.cancel();
        return closeAll(readers).compose(done -> closeAll(producers)).eventually(workers::close);
    }

    /** A client that asks the brokers about themselves. It blocks, so it is for a thread of its own; its caller closes it. */
    public Admin adminClient(String name) {
        return Admin.create(ClientProperties.admin(settings, name));
    }

    /**
     * A consumer without a group that looks at single records, fetching little more than them. It blocks, so it is for a
     * thread of its own; its caller closes it.
     */
    public Consumer<String, byte[]> glancingConsumer(String name) {
        return Consumers.make(ClientProperties.glance(settings, name));
    }

    private static Future<Void> closeAll(Queue<Supplier<Future<Void>>> closers) {
        List<Future<Void>> closed = new ArrayList<>();
        for (Supplier<Future<Void>> next = closers.poll(); next != null; next = closers.poll()) {
            closed.add(next.get());
        }
        return Future.join(closed).mapEmpty();
    }
}
