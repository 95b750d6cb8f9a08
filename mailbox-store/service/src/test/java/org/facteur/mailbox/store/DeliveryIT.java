package org.facteur.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.facteur.mailbox.store.StoreFixture.await;
import static org.facteur.mailbox.store.StoreFixture.newId;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MailboxEvent;
import org.facteur.mail.record.Topic;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxChanges;
import org.facteur.mailbox.api.MailboxRow;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.platform.kafka.RecordingProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deliveries by batches, by several instances at once, of records that cannot be delivered. Each test has accounts of its own. */
class DeliveryIT {
    private static WriterFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new WriterFixture(TestBackends.freshDatabase().uri(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void uidsAndModseqsGrowWhileInstancesDeliverSideBySide() {
        List<String> accounts = List.of("x@side.example", "y@side.example", "z@side.example");
        accounts.forEach(fixture::account);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int instance = 0; instance < 3; instance++) {
            WriterFixture.Instance one = fixture.instance(new RecordingProducer());
            lanes.add(batches(one, accounts, 20));
        }
        Future<Void> all = Future.join(lanes).mapEmpty();
        long inbox = await(fixture.accounts.get("x@side.example")).inbox();
        // A gateway that reads along, always what is newer than the last time, misses none and sees none twice.
        TreeSet<Long> seen = new TreeSet<>();
        long last = 0;
        for (boolean ended = false; !ended; ) {
            ended = all.isComplete();
            MailboxChanges changes = await(fixture.reads.changesAfter(inbox, last));
            for (MailboxChanges.Changed one : changes.changed()) {
                if (one.modseq() <= changes.modseq()) {
                    assertThat(seen.add(one.uid())).as("new").isTrue();
                }
            }
            last = changes.modseq();
        }
        await(all);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 600).boxed().toList());
        for (String account : accounts) {
            MailboxRow row = inbox(account);
            List<MailboxChanges.Changed> rows =
                    await(fixture.reads.changesAfter(row.id(), 0)).changed();
            assertThat(rows)
                    .extracting(MailboxChanges.Changed::uid)
                    .doesNotHaveDuplicates()
                    .hasSize(600);
            assertThat(rows).extracting(MailboxChanges.Changed::modseq).isSorted();
            assertThat(row.uidNext()).isEqualTo(601);
            assertThat(row.messages()).isEqualTo(600);
            assertThat(row.modseq()).isEqualTo(rows.get(599).modseq());
        }
    }

    private static Future<Void> batches(WriterFixture.Instance instance, List<String> accounts, int count) {
        if (count == 0) {
            return Future.succeededFuture();
        }
        List<ConsumerRecord<String, byte[]>> batch = IntStream.range(0, 10)
                .mapToObj(i -> WriterFixture.record(newId(), Instant.now(), text("text " + i), accounts))
                .toList();
        return instance.deliver(batch).compose(done -> batches(instance, accounts, count - 1));
    }

    @Test
    void whatIsDeliveredIsCountedOnce() {
        List<String> accounts = List.of("one@count.example", "two@count.example");
        accounts.forEach(fixture::account);
        WriterFixture.Instance instance = fixture.instance(new RecordingProducer());
        assertThat(messages(instance, "INBOX")).isZero();
        Body body = text("to be counted");
        List<ConsumerRecord<String, byte[]>> batch = List.of(
                WriterFixture.record(newId(), Instant.now(), body, accounts),
                WriterFixture.record(
                        newId(), Instant.now(), text("suspicious"), Deliver.Disposition.JUNK, accounts.subList(0, 1)));
        await(instance.deliver(batch));
        await(instance.deliver(batch));
        assertThat(messages(instance, "INBOX")).isEqualTo(2);
        assertThat(messages(instance, "Junk")).isEqualTo(1);
        assertThat(messages(instance, "other")).isZero();
        assertThat(instance.meters
                        .get("facteur_store_bodies_octets_total")
                        .counter()
                        .count())
                .as("a body once, however many have it")
                .isEqualTo(body.size() + text("suspicious").size());
    }

    private static double messages(WriterFixture.Instance instance, String folder) {
        return instance.meters
                .get("facteur_store_messages_total")
                .tag("folder", folder)
                .counter()
                .count();
    }

    @Test
    void theSameBatchByTwoInstancesAtOnceIsOneMessageEach() {
        fixture.account("zombie@example.org");
        List<ConsumerRecord<String, byte[]>> batch = IntStream.range(0, 50)
                .mapToObj(i -> WriterFixture.record(newId(), Instant.now(), text("text " + i), "zombie@example.org"))
                .toList();
        await(Future.join(
                fixture.instance(new RecordingProducer()).deliver(batch),
                fixture.instance(new RecordingProducer()).deliver(batch)));
        assertThat(inbox("zombie@example.org").messages()).isEqualTo(50);
        assertThat(inbox("zombie@example.org").uidNext()).isEqualTo(51);
    }

    @Test
    void repeatedDeliveryIsToldOfAgain() {
        fixture.account("told@example.org");
        ConsumerRecord<String, byte[]> record =
                WriterFixture.record(newId(), Instant.now(), text("text"), "told@example.org");
        await(fixture.instance(new RecordingProducer()).deliver(List.of(record)));
        RecordingProducer told = new RecordingProducer();
        await(fixture.instance(told).deliver(List.of(record)));
        assertThat(told.sent(Topic.JOURNEY))
                .extracting(one -> Json.read(one.value(), JourneyEvent.class).what())
                .containsExactly("repeated");
        MailboxRow inbox = inbox("told@example.org");
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(told.sent(Topic.EVENTS))
                .extracting(one -> Json.read(one.value(), MailboxEvent.class))
                .containsExactly(new MailboxEvent("told@example.org", inbox.id(), inbox.modseq())));
        assertThat(inbox.messages()).isEqualTo(1);
    }

    @Test
    void moreRecipientsThanATransactionTakes() {
        List<String> accounts = IntStream.range(0, 450)
                .mapToObj(i -> "many" + i + "@example.org")
                .toList();
        accounts.forEach(fixture::account);
        List<ConsumerRecord<String, byte[]>> batch = IntStream.range(0, 3)
                .mapToObj(i -> WriterFixture.record(newId(), Instant.now(), text("text " + i), accounts))
                .toList();
        await(fixture.instance(new RecordingProducer()).deliver(batch));
        for (String account : List.of(accounts.get(0), accounts.get(399), accounts.get(400), accounts.get(449))) {
            assertThat(inbox(account).messages()).isEqualTo(3);
        }
    }

    @Test
    void aMessageThatTheDatabaseCannotTakeFailsAlone() {
        fixture.account("shared@example.org");
        Accounts.Account account = await(fixture.accounts.get("shared@example.org"));
        List<Future<List<EmailWriter.Written>>> written = fixture.instance(new RecordingProducer())
                .add(Stream.of(newId(), newId(), "nul\0", newId())
                        .map(id -> email(account, id))
                        .toList());
        assertThatThrownBy(() -> await(written.get(2))).isInstanceOf(PgException.class);
        for (int good : new int[] {0, 1, 3}) {
            assertThat(await(written.get(good))).hasSize(1);
        }
        assertThat(inbox("shared@example.org").messages()).isEqualTo(3);
    }

    private static NewEmail email(Accounts.Account account, String id) {
        Prepared message = new Preparation(fixture.vertx, fixture.bodies).inline(new byte[0], text("text of " + id));
        return new NewEmail(message, account.id(), account.inbox(), id, Instant.now(), Flags.NONE);
    }

    @Test
    void aRecordThatTheDatabaseCannotTakeIsAPermanentFailure() {
        fixture.account("bad@example.org");
        Future<Void> bad = deliver(fixture.instance(new RecordingProducer()), "nul\0", "bad@example.org");
        assertThatThrownBy(() -> await(bad)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aBodyThatIsMissingIsAPermanentFailure() {
        fixture.account("missing@example.org");
        Body missing = new Body.Stored(new BodyRef("0".repeat(64), 300_000));
        ConsumerRecord<String, byte[]> record =
                WriterFixture.record(newId(), Instant.now(), missing, "missing@example.org");
        assertThatThrownBy(() -> await(fixture.instance(new RecordingProducer()).deliver(List.of(record))))
                .isInstanceOf(PermanentFailure.class);
    }

    @Test
    void mailForAnAccountThatIsGoneIsDroppedAndTheJourneySaysSo() {
        RecordingProducer told = new RecordingProducer();
        await(deliver(fixture.instance(told), newId(), "gone@example.org"));
        assertThat(told.sent(Topic.JOURNEY))
                .extracting(one -> Json.read(one.value(), JourneyEvent.class).what())
                .containsExactly("dropped");
    }

    private static Future<Void> deliver(WriterFixture.Instance instance, String id, String account) {
        return instance.deliver(List.of(WriterFixture.record(id, Instant.now(), text("text of " + id), account)));
    }

    private static MailboxRow inbox(String account) {
        return await(fixture.reads.mailbox(account, "INBOX")).orElseThrow();
    }

    private static Body text(String text) {
        return new Body.Inline(("Subject: hello\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
