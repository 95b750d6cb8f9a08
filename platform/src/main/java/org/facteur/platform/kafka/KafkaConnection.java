package org.facteur.platform.kafka;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.Topic;
import org.facteur.platform.directory.TableView;

/** The way of a service to Kafka: it makes producers, stages, reply readers and views. Close closes all of them. */
public interface KafkaConnection {
    /** Creates the topics that are missing, from {@link Topic}; waits with backoff while Kafka cannot be reached. */
    Future<Void> createTopics();

    /**
     * A producer for records that carry a promise: idempotent, acks=all, lz4, 1 MiB batches, one request in flight, so that
     * the next batch gathers while one is flushed.
     *
     * @param name the client id
     */
    RecordProducer durableProducer(String name);

    /** A producer for verdicts, replies, events and journeys, apart so that they never wait behind a flush. */
    RecordProducer swiftProducer(String name);

    /**
     * Reads record by record: a bounded number in flight per partition, completion in any order, commit of the highest
     * contiguous offset. A handler that fails with {@link PermanentFailure} sends the record to mail.dead, any other failure
     * is tried again with backoff.
     */
    Stage stage(StageSettings settings, Function<ConsumerRecord<String, byte[]>, Future<Void>> handler);

    /**
     * Reads whatever has arrived on a partition as one batch (up to {@link StageSettings#inFlight()}), the next batch after
     * it. A batch that fails with {@link PermanentFailure} is handed over again record by record, to find the one that can
     * never succeed.
     */
    Stage batchStage(StageSettings settings, Function<List<ConsumerRecord<String, byte[]>>, Future<Void>> handler);

    /** Reads the replies of one topic for this instance. */
    Replies replies(Topic topic);

    /**
     * Calls back for every record that arrives on a topic from now on, on every instance, without a group; for mailbox
     * events. On the Vert.x context that called.
     */
    Stage broadcast(Topic topic, Function<ConsumerRecord<String, byte[]>, Future<Void>> handler);

    /** A local view of a compacted topic. */
    <V> TableView<V> table(Topic topic, Class<V> type);

    /** Closes all that this connection has made. */
    Future<Void> close();
}
