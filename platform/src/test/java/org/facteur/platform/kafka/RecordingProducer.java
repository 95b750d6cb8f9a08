package org.facteur.platform.kafka;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Topic;

/** {@link RecordProducer} that keeps what is sent, for tests without a broker; it can be told to fail. */
public final class RecordingProducer implements RecordProducer {
    private final List<ProducerRecord<String, byte[]>> sent = new CopyOnWriteArrayList<>();
    private volatile Optional<Throwable> failure = Optional.empty();

    @Override
    public Future<Void> send(ProducerRecord<String, byte[]> record) {
        return failure.<Future<Void>>map(Future::failedFuture).orElseGet(() -> {
            sent.add(record);
            return Future.succeededFuture();
        });
    }

    /** From now on nothing is acknowledged. */
    public void fail(Throwable cause) {
        failure = Optional.of(cause);
    }

    /** From now on everything is acknowledged again. */
    public void recover() {
        failure = Optional.empty();
    }

    /** What was acknowledged, in order. */
    public List<ProducerRecord<String, byte[]>> sent() {
        return List.copyOf(sent);
    }

    /** What was acknowledged on one topic, in order. */
    public List<ProducerRecord<String, byte[]>> sent(Topic topic) {
        return sent.stream()
                .filter(record -> record.topic().equals(topic.topicName()))
                .toList();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
