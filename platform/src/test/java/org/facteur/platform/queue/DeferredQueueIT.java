package org.facteur.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Outbound;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredQueueIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final Vertx VERTX = Vertx.vertx();
    private static Pool pool;
    private static DeferredQueue queue;

    @BeforeAll
    static void start() {
        Database database = TestBackends.freshDatabase();
        done(Migrations.run(VERTX, database.uri(), DeferredQueue.SCHEMA, DeferredQueue.MIGRATIONS));
        pool = PgPools.create(VERTX, database.uri(), "test", 4, DeferredQueue.SCHEMA);
        queue = new DeferredQueue(pool);
    }

    @AfterAll
    static void stop() {
        done(pool.close());
        done(VERTX.close());
    }

    @BeforeEach
    void empty() {
        done(pool.query("truncate deferred, settled").execute());
    }

    @Test
    void keepsTheWholeMessage() {
        MailRecord<Outbound> inline = message("a@x.test", "b@x.test");
        done(queue.defer(inline, 1, "450 later", NOW));
        MailRecord<Outbound> stored =
                new MailRecord<>(message("c@x.test").envelope(), new Body.Stored(new BodyRef("0".repeat(64), 12345)));
        done(queue.defer(stored, 2, "451 later", NOW.plusSeconds(1)));
        List<DeferredQueue.Due> due = done(queue.lease(NOW.plusSeconds(2), LEASE, 10));
        assertThat(due).hasSize(2);
        for (DeferredQueue.Due one : due) {
            MailRecord<Outbound> expected = one.attempts() == 1 ? inline : stored;
            assertThat(one.message().envelope()).isEqualTo(expected.envelope());
            assertThat(one.id()).isEqualTo(DeferredQueue.id(expected.envelope()));
        }
        assertThat(((Body.Inline) due.stream()
                                .filter(one -> one.attempts() == 1)
                                .findFirst()
                                .get()
                                .message()
                                .body())
                        .bytes())
                .isEqualTo(((Body.Inline) inline.body()).bytes());
        assertThat(due.stream()
                        .filter(one -> one.attempts() == 2)
                        .findFirst()
                        .get()
                        .message()
                        .body())
                .isEqualTo(stored.body());
    }

    @Test
    void leasesEachEntryOnceUntilTheLeaseEnds() {
        for (int i = 0; i < 20; i++) {
            done(queue.defer(message("a@x.test"), 1, "later", NOW));
        }
        Future<List<DeferredQueue.Due>> one = queue.lease(NOW, LEASE, 10);
        Future<List<DeferredQueue.Due>> two = queue.lease(NOW, LEASE, 10);
        assertThat(done(one))
                .extracting(DeferredQueue.Due::id)
                .doesNotContainAnyElementsOf(
                        done(two).stream().map(DeferredQueue.Due::id).toList());
        assertThat(done(queue.lease(NOW, LEASE, 100)).size()
                        + done(one).size()
                        + done(two).size())
                .isEqualTo(20);
        assertThat(done(queue.lease(NOW.plus(LEASE), LEASE, 100)))
                .as("given back")
                .hasSize(20);
    }

    @Test
    void tellsWhereItsEntriesGoAndHowOldTheyAre() {
        assertThat(done(queue.byDomain(2))).isEmpty();
        assertThat(done(queue.oldest())).isEmpty();
        MailRecord<Outbound> first = message("a@x.test");
        done(queue.defer(first, 1, "later", NOW));
        done(queue.defer(message("b@x.test"), 1, "later", NOW));
        assertThat(done(queue.byDomain(2)))
                .containsExactly(Map.entry(first.envelope().domain(), 2L));
        assertThat(done(queue.oldest())).hasValue(first.envelope().acceptedAt());
    }

    @Test
    void onlyWhatIsDue() {
        done(queue.defer(message("a@x.test"), 1, "later", NOW.plusSeconds(1)));
        assertThat(done(queue.lease(NOW, LEASE, 10))).isEmpty();
        assertThat(done(queue.lease(NOW.plusSeconds(1), LEASE, 10))).hasSize(1);
    }

    @Test
    void anotherFailureIsWrittenDown() {
        MailRecord<Outbound> message = message("a@x.test", "b@x.test");
        done(queue.defer(message, 1, "first", NOW));
        done(queue.lease(NOW, LEASE, 10));
        Outbound old = message.envelope();
        Outbound left = new Outbound(
                1,
                old.id(),
                old.acceptedAt(),
                old.account(),
                old.reversePath(),
                old.domain(),
                List.of("b@x.test"),
                false,
                "");
        done(queue.defer(new MailRecord<>(left, message.body()), 2, "second", NOW.plusSeconds(60)));
        QueueEntry entry = done(queue.get(DeferredQueue.id(old))).orElseThrow();
        assertThat(entry.attempts()).isEqualTo(2);
        assertThat(entry.lastError()).isEqualTo("second");
        assertThat(entry.recipients()).containsExactly("b@x.test");
        assertThat(entry.nextAttempt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(done(queue.lease(NOW.plusSeconds(60), LEASE, 10)))
                .as("the lease is given back")
                .hasSize(1);
    }

    @Test
    void settledIsKnownAndStaysSettled() {
        MailRecord<Outbound> message = message("a@x.test");
        String id = DeferredQueue.id(message.envelope());
        assertThat(done(queue.isKnown(id))).isFalse();
        done(queue.defer(message, 1, "later", NOW));
        assertThat(done(queue.isKnown(id))).isTrue();
        done(queue.settle(id, NOW));
        done(queue.settle(id, NOW));
        assertThat(done(queue.get(id))).isEmpty();
        assertThat(done(queue.isKnown(id))).isTrue();
        done(queue.defer(message, 2, "an attempt that was under way", NOW));
        assertThat(done(queue.get(id))).isEmpty();
        done(queue.forgetBefore(NOW));
        assertThat(done(queue.isKnown(id))).isTrue();
        done(queue.forgetBefore(NOW.plusSeconds(1)));
        assertThat(done(queue.isKnown(id))).isFalse();
    }

    @Test
    void heldUntilReleased() {
        MailRecord<Outbound> message = message("a@x.test");
        String id = DeferredQueue.id(message.envelope());
        done(queue.defer(message, 1, "later", NOW));
        assertThat(done(queue.hold(id))).isTrue();
        assertThat(done(queue.lease(NOW, LEASE, 10))).isEmpty();
        assertThat(done(queue.get(id)).orElseThrow().state()).isEqualTo(QueueEntry.State.HELD);
        done(queue.defer(message, 2, "an attempt that was under way", NOW));
        assertThat(done(queue.lease(NOW, LEASE, 10))).as("still held").isEmpty();
        assertThat(done(queue.release(id))).isTrue();
        assertThat(done(queue.lease(NOW, LEASE, 10))).hasSize(1);
    }

    @Test
    void retryNowAndDelete() {
        MailRecord<Outbound> message = message("a@x.test");
        String id = DeferredQueue.id(message.envelope());
        done(queue.defer(message, 1, "later", NOW.plus(Duration.ofHours(8))));
        assertThat(done(queue.retryNow(id, NOW))).isTrue();
        assertThat(done(queue.lease(NOW, LEASE, 10))).hasSize(1);
        assertThat(done(queue.delete(id, NOW))).isTrue();
        assertThat(done(queue.delete(id, NOW))).isFalse();
        assertThat(done(queue.isKnown(id)))
                .as("not sent when the record is read again")
                .isTrue();
        assertThat(done(queue.retryNow(id, NOW))).isFalse();
        assertThat(done(queue.hold(id))).isFalse();
        assertThat(done(queue.release(id))).isFalse();
    }

    @Test
    void listsTheNextFirst() {
        done(queue.defer(message("late@x.test"), 1, "later", NOW.plusSeconds(10)));
        done(queue.defer(message("soon@x.test"), 1, "later", NOW.plusSeconds(5)));
        assertThat(done(queue.size())).isEqualTo(2);
        assertThat(done(queue.list(10)))
                .extracting(entry -> entry.recipients().get(0))
                .containsExactly("soon@x.test", "late@x.test");
        assertThat(done(queue.list(1))).hasSize(1);
    }

    private static MailRecord<Outbound> message(String... recipients) {
        String id = "m" + IDS.incrementAndGet();
        return new MailRecord<>(
                new Outbound(
                        1,
                        id,
                        NOW.minusSeconds(60),
                        "alice@here.test",
                        "alice@here.test",
                        "x.test",
                        List.of(recipients),
                        false,
                        "X: 1\r\n"),
                new Body.Inline(("Subject: " + id + "\r\n\r\n\0\u00ff")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
