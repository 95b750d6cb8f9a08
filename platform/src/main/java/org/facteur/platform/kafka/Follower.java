package org.facteur.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.facteur.mail.record.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads partitions of a topic without a group: nothing is committed, every instance sees every record. Should
 * its consumer break, it goes on where it was.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Backoff REBUILD = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final KafkaSettings settings;
    private final Topic topic;
    private final From from;
    private final Function<Integer, List<Integer>> choice;
    private final Reader reader;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean stopping;

    /** Where to begin. */
    enum From {
        BEGINNING("earliest"),
        END("latest");

        private final String reset;

        From(String reset) {
            this.reset = reset;
        }
    }

    /** Who reads; all calls come on the follower's thread. */
    interface Reader {
        /** From now on no record is missed; {@code ends} are the offsets at which the partitions ended. */
        void positioned(Map<TopicPartition, Long> ends);

        /** Takes what one poll gave, possibly nothing; {@code positions} are the offsets to be read next. */
        void read(ConsumerRecords<String, byte[]> records, Map<TopicPartition, Long> positions);
    }

    /** {@code choice} picks the partitions to read when it hears how many there are. */
    Follower(
            KafkaSettings settings,
            Topic topic,
            String purpose,
            From from,
            Function<Integer, List<Integer>> choice,
            Reader reader) {
        this.settings = settings;
        this.topic = topic;
        this.from = from;
        this.choice = choice;
        this.reader = reader;
        thread = new Thread(this::run, purpose + "-" + topic.topicName());
    }

    void start() {
        thread.start();
    }

    /** Lets a poll end at once. */
    void wake() {
        Optional.ofNullable(consumer).ifPresent(KafkaConsumer::wakeup);
    }

    CompletableFuture<Void> stop() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            ended.complete(null);
        }
        wake();
        return ended;
    }

    private void run() {
        int failures = 0;
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> made =
                    Consumers.make(ClientProperties.follower(settings, thread.getName(), from.reset))) {
                consumer = made;
                assign(made);
                while (!stopping) {
                    poll(made);
                    failures = 0;
                }
            } catch (WakeupException e) {
                LOG.trace("woken while not polling");
            } catch (RuntimeException e) { // whatever it is, the reader must not end
                if (failures++ == 1) { // the first may be a topic that is about to be created
                    LOG.error("{}: reading fails and is tried again", thread.getName(), e);
                }
                Consumers.sleep(REBUILD.millisAfter(failures));
            } finally {
                consumer = null;
            }
        }
        ended.complete(null);
    }

    private void assign(KafkaConsumer<String, byte[]> made) {
        if (positions.isEmpty()) {
            int partitions = made.partitionsFor(topic.topicName()).size();
            if (partitions == 0) {
                throw new KafkaException(topic.topicName() + " does not exist yet");
            }
            List<TopicPartition> chosen = choice.apply(partitions).stream()
                    .map(partition -> new TopicPartition(topic.topicName(), partition))
                    .toList();
            made.assign(chosen);
            Map<TopicPartition, Long> ends = made.endOffsets(chosen);
            Map<TopicPartition, Long> starts = from == From.END ? ends : made.beginningOffsets(chosen);
            starts.forEach(made::seek);
            positions.putAll(starts);
            reader.positioned(ends);
        } else {
            made.assign(positions.keySet());
            positions.forEach(made::seek);
        }
    }

    private void poll(KafkaConsumer<String, byte[]> made) {
        ConsumerRecords<String, byte[]> records;
        try {
            records = made.poll(POLL);
        } catch (WakeupException e) {
            records = ConsumerRecords.empty();
        }
        // not from the records: compaction can leave nothing at the end of a partition but its offsets
        positions.replaceAll((partition, before) -> made.position(partition));
        reader.read(records, positions);
    }

    /** Every partition there is. */
    static Function<Integer, List<Integer>> all() {
        return count -> IntStream.range(0, count).boxed().toList();
    }
}
