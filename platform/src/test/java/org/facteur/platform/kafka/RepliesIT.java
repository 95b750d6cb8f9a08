package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.facteur.platform.kafka.KafkaFixture.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.directory.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read without a group: replies, tables and broadcasts. */
class RepliesIT {
    private static KafkaFixture fixture;
    private static RecordProducer producer;

    @BeforeAll
    static void start() {
        fixture = new KafkaFixture(3);
        producer = fixture.kafka.swiftProducer("test");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void everyAskerGetsItsOwnReplyOnItsContext() {
        Replies one = fixture.kafka.replies(Topic.VERDICTS);
        Replies other = fixture.kafka.replies(Topic.VERDICTS);
        await(one.ready());
        await(other.ready());
        Promise<Boolean> sameContext = Promise.promise();
        fixture.vertx.getOrCreateContext().runOnContext(nothing -> {
            var context = Vertx.currentContext();
            ReplyAddress address = one.address();
            one.expect(address, Duration.ofSeconds(20))
                    .onComplete(reply -> sameContext.complete(Vertx.currentContext() == context));
            answer(address, "first");
        });
        assertThat(await(sameContext.future())).isTrue();

        List<Future<byte[]>> replies = IntStream.range(0, 100)
                .mapToObj(i -> {
                    Replies asker = i % 2 == 0 ? one : other;
                    ReplyAddress address = asker.address();
                    Future<byte[]> reply = asker.expect(address, Duration.ofSeconds(20));
                    answer(address, "reply " + i);
                    return reply;
                })
                .toList();
        for (int i = 0; i < 100; i++) {
            assertThat(new String(await(replies.get(i)), StandardCharsets.UTF_8))
                    .isEqualTo("reply " + i);
        }
    }

    @Test
    void aReplyThatDoesNotComeIsATimeout() {
        Replies replies = fixture.kafka.replies(Topic.REPLIES);
        await(replies.ready());
        Future<byte[]> reply = replies.expect(replies.address(), Duration.ofMillis(150));
        await().until(reply::isComplete);
        assertThat(reply.cause()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aReplyToAPartitionThatDoesNotExistFailsAtOnce() {
        Future<Void> sent = producer.send(KafkaConnection.reply(Topic.REPLIES, new ReplyAddress(7, "x"), new byte[0]));
        assertThatThrownBy(() -> await(sent)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aTableKnowsTheNewestOfEachKeyAndForgetsWhatIsDeleted() {
        put("alice", new UsageEntry("alice", 1, 1));
        put("alice", new UsageEntry("alice", 2, 2));
        put("bob", new UsageEntry("bob", 3, 3));
        put("carol", new UsageEntry("carol", 4, 4));
        put("carol", null);
        TableView<UsageEntry> table = fixture.kafka.table(Topic.USAGE, UsageEntry.class);
        await(table.caughtUp());
        assertThat(table.values())
                .containsExactlyInAnyOrder(new UsageEntry("alice", 2, 2), new UsageEntry("bob", 3, 3));
        assertThat(table.get("carol")).isEmpty();
        assertThat(fixture.health.state()).containsEntry("table directory.usage caught up", true);

        List<String> heard = new CopyOnWriteArrayList<>();
        table.onChange((key, value) ->
                heard.add(key + value.map(row -> "=" + row.bytes()).orElse(" gone")));
        await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("alice=2", "bob=3"));
        put("alice", null);
        put("bob", new UsageEntry("bob", 5, 5));
        await().untilAsserted(
                        () -> assertThat(heard).contains("alice gone", "bob=5").hasSize(4));
        assertThat(table.get("alice")).isEmpty();
        assertThat(fixture.kafka.table(Topic.USAGE, UsageEntry.class)).isSameAs(table);
    }

    @Test
    void aBroadcastReachesEveryInstanceFromNowOn() {
        await(producer.send(KafkaFixture.record(Topic.EVENTS, "a", "before")));
        List<String> one = new CopyOnWriteArrayList<>();
        List<String> other = new CopyOnWriteArrayList<>();
        for (List<String> heard : List.of(one, other)) {
            await(fixture.kafka
                    .broadcast(Topic.EVENTS, record -> {
                        heard.add(KafkaFixture.text(record));
                        return Future.failedFuture("nobody minds");
                    })
                    .start());
        }
        await(producer.send(KafkaFixture.record(Topic.EVENTS, "a", "after")));
        await(producer.send(KafkaFixture.record(Topic.EVENTS, "a", "later")));
        await().untilAsserted(() -> {
            assertThat(one).containsExactly("after", "later");
            assertThat(other).containsExactly("after", "later");
        });
    }

    private static void answer(ReplyAddress address, String text) {
        producer.send(KafkaConnection.reply(Topic.VERDICTS, address, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void put(String key, UsageEntry row) {
        await(producer.send(new ProducerRecord<>(Topic.USAGE.topicName(), key, row == null ? null : Json.bytes(row))));
    }
}
