package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.facteur.platform.kafka.KafkaFixture.await;
import static org.facteur.platform.kafka.KafkaFixture.quick;
import static org.facteur.platform.kafka.KafkaFixture.record;
import static org.facteur.platform.kafka.KafkaFixture.text;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.facteur.mail.record.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StageIT {
    /** Fewer than a producer lets wait. */
    private static final int MOST_EARLY = 200_000;

    private static KafkaFixture fixture;
    private static RecordProducer producer;

    @BeforeAll
    static void start() {
        fixture = new KafkaFixture(3);
        producer = fixture.kafka.durableProducer("test");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static void send(Topic topic, int from, int to) {
        await(Future.all(IntStream.range(from, to)
                .mapToObj(i -> producer.send(record(topic, 0, "r" + i)))
                .toList()));
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "r" + i).toList();
    }

    @Test
    void whatIsNotDoneIsReadAgainEvenWhenLaterRecordsAre() {
        Topic topic = Topic.RECEIVED;
        send(topic, 0, 10);
        KafkaConnection first = fixture.connect(3, Duration.ofMillis(300));
        List<String> done = new CopyOnWriteArrayList<>();
        Stage stuckAtFour = first.stage(quick("crash", topic, 100), record -> {
            if (text(record).equals("r4")) {
                return Promise.<Void>promise().future();
            }
            done.add(text(record));
            return Future.succeededFuture();
        });
        await(stuckAtFour.start());
        await().until(() -> done.size() == 9);
        await(first.close());

        List<String> again = new CopyOnWriteArrayList<>();
        Stage next = fixture.kafka.stage(quick("crash", topic, 100), record -> {
            again.add(text(record));
            return Future.succeededFuture();
        });
        await(next.start());
        await().untilAsserted(() -> assertThat(again).isEqualTo(names(4, 10)));
        await(next.stop());
    }

    @Test
    void neverMoreInFlightThanAsked() {
        Topic topic = Topic.SUBMITTED;
        send(topic, 0, 200);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> begun = new CopyOnWriteArrayList<>();
        Stage stage = fixture.kafka.stage(quick("bounded", topic, 7), record -> {
            begun.add(text(record));
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return fixture.vertx.timer(2).map(ended -> {
                running.decrementAndGet();
                return null;
            });
        });
        await(stage.start());
        await().untilAsserted(() -> assertThat(begun).isEqualTo(names(0, 200)));
        await(stage.stop());
        assertThat(most).hasValue(7);
        assertThat(running).hasValue(0);
    }

    @Test
    void aRecordIsTriedAgainWhileItsDependencyIsDownAndNothingNewBegins() {
        Topic topic = Topic.OBSERVATIONS;
        AtomicBoolean down = new AtomicBoolean(true);
        List<String> tried = new CopyOnWriteArrayList<>();
        List<String> done = new CopyOnWriteArrayList<>();
        Stage stage = fixture.kafka.stage(quick("retry", topic, 2), record -> {
            tried.add(text(record));
            if (down.get()) {
                return Future.failedFuture("the database is down");
            }
            done.add(text(record));
            return Future.succeededFuture();
        });
        await(stage.start());
        send(topic, 0, 20);
        await().until(() -> tried.size() >= 5);
        assertThat(tried).containsOnly("r0");
        down.set(false);
        await().untilAsserted(
                        () -> assertThat(done).hasSameElementsAs(names(0, 20)).hasSize(20));
        await(stage.stop());
        assertThat(counted("retry", "retried")).isGreaterThanOrEqualTo(4);
        assertThat(counted("retry", "done")).isEqualTo(20);
    }

    @Test
    void aRecordThatCanNeverSucceedGoesToTheDeadTopicWithItsHeaders() {
        Topic topic = Topic.OUTBOUND;
        Map<String, ConsumerRecord<String, byte[]>> dead = new ConcurrentHashMap<>();
        Stage graveyard = fixture.kafka.stage(quick("graveyard", Topic.DEAD, 10), record -> {
            dead.put(header(record, "stage") + header(record, "origin-offset"), record);
            return Future.succeededFuture();
        });
        List<String> done = new CopyOnWriteArrayList<>();
        Stage stage = fixture.kafka.stage(quick("dead", topic, 10), record -> {
            if (text(record).equals("r1")) {
                throw new PermanentFailure("no such thing");
            }
            if (text(record).equals("r2")) {
                throw new NullPointerException("a mistake");
            }
            done.add(text(record));
            return Future.succeededFuture();
        });
        await(graveyard.start());
        await(stage.start());
        var marked = record(topic, 0, "r0");
        await(producer.send(marked));
        marked = record(topic, 0, "r1");
        marked.headers().add("envelope", "{}".getBytes(StandardCharsets.UTF_8));
        await(producer.send(marked));
        send(topic, 2, 5);
        await().untilAsserted(() -> assertThat(done).containsExactlyInAnyOrder("r0", "r3", "r4"));
        await().until(() -> dead.size() == 2);
        ConsumerRecord<String, byte[]> letter = dead.get("dead1");
        assertThat(header(letter, "cause")).isEqualTo("no such thing");
        assertThat(header(letter, "origin-topic")).isEqualTo(topic.topicName());
        assertThat(header(letter, "origin-partition")).isEqualTo("0");
        assertThat(header(letter, "envelope")).isEqualTo("{}");
        assertThat(text(letter)).isEqualTo("r1");
        await(stage.stop());
        await(graveyard.stop());
        assertThat(fixture.meters
                        .get("facteur.dead")
                        .tag("stage", "dead")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void batchesFollowEachOtherAndTheOneBadRecordIsFound() {
        Topic topic = Topic.JOURNEY;
        send(topic, 0, 100);
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        List<String> done = new CopyOnWriteArrayList<>();
        AtomicInteger running = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        Stage stage = fixture.kafka.batchStage(quick("batch", topic, 40), records -> {
            if (running.incrementAndGet() > 1) {
                overlapped.set(true);
            }
            sizes.add(records.size());
            return fixture.vertx.timer(5).compose(fired -> {
                running.decrementAndGet();
                if (records.stream().anyMatch(record -> text(record).equals("r50"))) {
                    return Future.failedFuture(new PermanentFailure("bad"));
                }
                records.forEach(record -> done.add(text(record)));
                return Future.succeededFuture();
            });
        });
        await(stage.start());
        await().until(() -> done.size() == 99);
        await(stage.stop());
        List<String> expected = new ArrayList<>(names(0, 100));
        expected.remove("r50");
        assertThat(done).isEqualTo(expected);
        assertThat(overlapped).isFalse();
        assertThat(sizes.get(0)).isGreaterThan(1);
        assertThat(sizes).allMatch(size -> size <= 40);
        assertThat(counted("batch", "dead")).isEqualTo(1);
    }

    @Test
    void whatIsSentBeforeTheTopicIsKnownKeepsItsOrder() {
        RecordProducer fresh = fixture.kafka.durableProducer("fresh");
        List<Future<Void>> sent = new ArrayList<>();
        do {
            sent.add(fresh.send(record(Topic.EVENTS, 0, "r" + sent.size())));
        } while (!sent.get(0).isComplete() && sent.size() < MOST_EARLY);
        await(Future.all(sent));
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        Stage stage = fixture.kafka.batchStage(quick("order", Topic.EVENTS, 1000), records -> {
            records.forEach(record -> done.add(text(record)));
            return Future.succeededFuture();
        });
        await(stage.start());
        await().until(() -> done.size() == sent.size());
        await(stage.stop());
        assertThat(done).isEqualTo(names(0, sent.size()));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static double counted(String stage, String outcome) {
        return fixture.meters
                .get("facteur.stage.records")
                .tag("stage", stage)
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
