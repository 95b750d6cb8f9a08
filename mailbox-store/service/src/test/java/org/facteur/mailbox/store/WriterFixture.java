package org.facteur.mailbox.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.mailbox.api.MailboxReads;
import org.facteur.mailbox.api.StoreSettings;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.MapTable;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;

/** What writes mailboxes over a database, without a broker: records are handed over by hand. */
final class WriterFixture implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final MapTable<AddressEntry> addresses = new MapTable<>();
    final BodyStore bodies;
    final Pool pool;
    final MailboxReads reads;
    final Accounts accounts;
    private final Clock clock;
    private final String uri;

    WriterFixture(String uri, Clock clock) throws IOException {
        this.uri = uri;
        this.clock = clock;
        bodies = new DirectoryBodyStore(vertx, Files.createTempDirectory("facteur-bodies"));
        StoreFixture.await(Migrations.run(vertx, uri, StoreSettings.SCHEMA, "org/facteur/mailbox/store/migrations"));
        pool = PgPools.create(vertx, uri, "test", 6, StoreSettings.SCHEMA);
        reads = new MailboxReads(pool);
        accounts = new Accounts(pool, clock);
    }

    /**
     * One instance of the service's delivering half; several are several processes.
     *
     * @param told takes what it tells others
     */
    Instance instance(RecordProducer told) {
        return new Instance(told);
    }

    void account(String address) {
        addresses.put(address, AddressEntry.account(address, "", 0, ""));
    }

    /** A record of mail.deliver. */
    static ConsumerRecord<String, byte[]> record(String id, Instant acceptedAt, Body body, String... accounts) {
        return record(id, acceptedAt, body, Arrays.asList(accounts));
    }

    static ConsumerRecord<String, byte[]> record(String id, Instant acceptedAt, Body body, List<String> accounts) {
        return record(id, acceptedAt, body, Deliver.Disposition.INBOX, accounts);
    }

    static ConsumerRecord<String, byte[]> record(
            String id, Instant acceptedAt, Body body, Deliver.Disposition disposition, List<String> accounts) {
        List<Recipient> recipients =
                accounts.stream().map(one -> new Recipient(one, one, true)).toList();
        Deliver envelope = new Deliver(
                Deliver.VERSION,
                id,
                acceptedAt,
                "sender@example.com",
                recipients,
                disposition,
                "Received: from there by here; Tue, 24 Nov 2026 12:00:00 +0000\r\n");
        ProducerRecord<String, byte[]> sent = new MailRecord<>(envelope, body).to(Topic.DELIVER, id);
        ConsumerRecord<String, byte[]> read =
                new ConsumerRecord<>(Topic.DELIVER.topicName(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(read.headers()::add);
        return read;
    }

    @Override
    public void close() {
        StoreFixture.await(pool.close());
        StoreFixture.await(vertx.close());
    }

    /** A DeliveryStage with a context of its own. */
    final class Instance {
        private final Context context = vertx.getOrCreateContext();
        private final Pool connections = PgPools.create(vertx, uri, "instance", 6, StoreSettings.SCHEMA);
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final StoreMetrics metrics = new StoreMetrics(meters);
        private final Deliveries deliveries = new Deliveries(connections, new EmailIds(connections), clock, metrics);
        private final DeliveryStage stage;

        private Instance(RecordProducer told) {
            stage = new DeliveryStage(
                    vertx,
                    new Directory(new MapTable<DomainEntry>(), addresses, new MapTable<UsageEntry>()),
                    new Accounts(connections, clock),
                    new Preparation(vertx, bodies),
                    deliveries,
                    new Announcements(vertx, connections, told, told),
                    metrics,
                    clock);
        }

        /** Hands a batch over, on the instance's context. */
        Future<Void> deliver(List<ConsumerRecord<String, byte[]>> records) {
            return on(() -> stage.deliver(records));
        }

        /** Hands messages over one by one, without a pause: all but the first share a transaction. */
        List<Future<List<EmailWriter.Written>>> add(List<NewEmail> emails) {
            return StoreFixture.await(on(() -> Future.succeededFuture(
                    emails.stream().map(email -> deliveries.add(List.of(email))).toList())));
        }

        Future<Void> close() {
            return connections.close();
        }

        private <T> Future<T> on(Supplier<Future<T>> action) {
            Promise<T> done = Promise.promise();
            context.runOnContext(run -> action.get().onComplete(done));
            return done.future();
        }
    }
}
