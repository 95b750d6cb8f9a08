package org.facteur.platform.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.facteur.mail.record.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every record of a topic from now on, on every instance. Nothing is tried again: a handler's failure is logged. The next poll
 * waits for the handlers of the one before.
 */
final class Broadcast implements Stage, Follower.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private final Topic topic;
    private final Context context;
    private final Function<ConsumerRecord<String, byte[]>, Future<Void>> handler;
    private final Follower follower;
    private final Promise<Void> positioned = Promise.promise();

    Broadcast(
            KafkaSettings settings,
            Topic topic,
            Context context,
            Function<ConsumerRecord<String, byte[]>, Future<Void>> handler) {
        this.topic = topic;
        this.context = context;
        this.handler = handler;
        follower = new Follower(settings, topic, "broadcast", Follower.From.END, Follower.all(), this);
    }

    @Override
    public Future<Void> start() {
        follower.start();
        return positioned.future();
    }

    @Override
    public Future<Void> stop() {
        return Future.fromCompletionStage(follower.stop(), context);
    }

    @Override
    public void positioned(Map<TopicPartition, Long> ends) {
        positioned.tryComplete();
    }

    @Override
    public void read(ConsumerRecords<String, byte[]> records, Map<TopicPartition, Long> positions) {
        if (records.isEmpty()) {
            return;
        }
        CompletableFuture<Void> handled = new CompletableFuture<>();
        context.runOnContext(nothing -> {
            List<Future<Void>> ends = new ArrayList<>(records.count());
            records.forEach(record -> ends.add(handle(record)));
            Future.join(ends).onComplete(ended -> handled.complete(null));
        });
        handled.join();
    }

    private Future<Void> handle(ConsumerRecord<String, byte[]> record) {
        Future<Void> end;
        try {
            end = handler.apply(record);
        } catch (RuntimeException e) {
            end = Future.failedFuture(e);
        }
        return end.onFailure(cause -> LOG.warn("{}: a record could not be handled", topic.topicName(), cause));
    }
}
