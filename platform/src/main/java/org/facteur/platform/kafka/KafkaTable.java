package org.facteur.platform.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;
import org.facteur.platform.directory.TableView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link TableView} that reads all partitions of a compacted topic from the beginning and follows it. */
final class KafkaTable<V> implements TableView<V>, Follower.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(TableView.class);

    private final Class<V> type;
    private final Context context;
    private final Follower follower;
    private final Map<String, V> rows = new ConcurrentHashMap<>();
    private final Queue<BiConsumer<String, Optional<V>>> newListeners = new ConcurrentLinkedQueue<>();
    private final List<BiConsumer<String, Optional<V>>> listeners = new ArrayList<>();
    private final Promise<Void> caughtUp = Promise.promise();
    private Map<TopicPartition, Long> ends = Map.of();

    KafkaTable(KafkaSettings settings, Context context, Topic topic, Class<V> type) {
        this.type = type;
        this.context = context;
        follower = new Follower(settings, topic, "table", Follower.From.BEGINNING, Follower.all(), this);
        follower.start();
    }

    /** This view for callers who know its type. */
    @SuppressWarnings("unchecked")
    <T> TableView<T> as(Class<T> asked) {
        if (asked != type) {
            throw new IllegalArgumentException("the table holds " + type + ", not " + asked);
        }
        return (TableView<T>) this;
    }

    boolean isCaughtUp() {
        return caughtUp.future().isComplete();
    }

    Future<Void> close() {
        return Future.fromCompletionStage(follower.stop(), context);
    }

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Collection<V> values() {
        return Collections.unmodifiableCollection(rows.values());
    }

    @Override
    public Future<Void> caughtUp() {
        return caughtUp.future();
    }

    @Override
    public void onChange(BiConsumer<String, Optional<V>> listener) {
        newListeners.add(listener);
        follower.wake();
    }

    @Override
    public void positioned(Map<TopicPartition, Long> atStart) {
        ends = atStart;
    }

    @Override
    public void read(ConsumerRecords<String, byte[]> records, Map<TopicPartition, Long> positions) {
        records.forEach(this::take);
        welcome();
        if (!isCaughtUp() && ends.entrySet().stream().allMatch(end -> positions.get(end.getKey()) >= end.getValue())) {
            caughtUp.tryComplete();
        }
    }

    private void welcome() {
        for (BiConsumer<String, Optional<V>> listener = newListeners.poll();
                listener != null;
                listener = newListeners.poll()) {
            listeners.add(listener);
            for (Map.Entry<String, V> row : rows.entrySet()) {
                tell(listener, row.getKey(), Optional.of(row.getValue()));
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            Optional<V> value = record.value() == null || record.value().length == 0
                    ? Optional.empty()
                    : Optional.of(Json.read(record.value(), type));
            value.ifPresentOrElse(row -> rows.put(record.key(), row), () -> rows.remove(record.key()));
            listeners.forEach(listener -> tell(listener, record.key(), value));
        } catch (RuntimeException e) {
            LOG.error("{}-{} offset {} is unreadable", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private void tell(BiConsumer<String, Optional<V>> listener, String key, Optional<V> value) {
        try {
            listener.accept(key, value);
        } catch (RuntimeException e) {
            LOG.error("a listener of {} failed at {}", type.getSimpleName(), key, e);
        }
    }
}
