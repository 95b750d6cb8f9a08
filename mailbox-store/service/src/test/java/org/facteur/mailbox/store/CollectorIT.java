package org.facteur.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facteur.mailbox.store.StoreFixture.await;
import static org.facteur.mailbox.store.StoreFixture.newId;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.facteur.backends.TestBackends;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.kafka.RecordingProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is collected and what is left, in a database of each test's own. */
class CollectorIT {
    private final Clock now = Clock.systemUTC();
    private final Clock later = Clock.offset(now, Duration.ofDays(9));
    private WriterFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new WriterFixture(TestBackends.freshDatabase().uri(), now);
        fixture.account("a@example.org");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatAMailboxRefersToStays() {
        deliver(inline("kept"));
        collect(later);
        assertThat(count("email")).isEqualTo(1);
        assertThat(count("body")).isEqualTo(1);
    }

    @Test
    void whatNobodyRefersToGoesAfterTheGracePeriod() {
        BodyRef ref = stored("x".repeat(1000));
        deliver(new Body.Stored(ref));
        deliver(inline("small"));
        unrefer();
        collect(now);
        assertThat(count("email")).isEqualTo(2);
        collect(later);
        assertThat(count("email")).isZero();
        assertThat(count("body")).isZero();
        assertThat(fixture.bodies.readFully(ref, 0, 1).map("there").otherwise("gone"))
                .satisfies(read -> assertThat(await(read)).isEqualTo("gone"));
    }

    @Test
    void aBodyThatIsDeliveredAgainMeanwhileStays() {
        deliver(inline("again"));
        unrefer();
        SqlConnection connection = await(fixture.pool.getConnection());
        Transaction delivery = await(connection.begin());
        await(connection
                .preparedQuery("update body set stored_at = $1")
                .execute(Tuple.of(EmailWriter.utc(later.instant()))));
        Future<Void> collected = new Collector(fixture.vertx, fixture.pool, fixture.bodies, later).collect();
        org.awaitility.Awaitility.await()
                .until(() -> await(fixture.pool
                                        .query("select count(*) from pg_locks where not granted")
                                        .execute())
                                .iterator()
                                .next()
                                .getLong(0)
                        > 0);
        await(delivery.commit());
        await(collected);
        await(connection.close());
        assertThat(count("body")).isEqualTo(1);
    }

    private void collect(Clock clock) {
        await(new Collector(fixture.vertx, fixture.pool, fixture.bodies, clock).collect());
    }

    private void deliver(Body body) {
        await(fixture.instance(new RecordingProducer())
                .deliver(List.of(WriterFixture.record(newId(), Instant.now(), body, "a@example.org"))));
    }

    /** As an EXPUNGE does. */
    private void unrefer() {
        await(fixture.pool.query("delete from message").execute());
    }

    private long count(String table) {
        return await(fixture.pool.query("select count(*) from " + table).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private BodyRef stored(String text) {
        return await(fixture.bodies.create().compose(writer -> {
            writer.write(Buffer.buffer(text));
            return writer.finish();
        }));
    }

    private static Body inline(String text) {
        return new Body.Inline(("Subject: x\r\n\r\n" + text).getBytes(StandardCharsets.UTF_8));
    }
}
