package org.facteur.mailbox.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.backends.TestPostgres;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mailbox.api.CommandRequest;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.api.MailboxCommands;
import org.facteur.mailbox.api.MailboxReads;
import org.facteur.mailbox.api.StoreSettings;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.sql.PgPools;

/** A running store with a broker and a database of its own, and a gateway's way to it. */
final class StoreFixture implements AutoCloseable {
    final TestKafka broker = TestBackends.freshKafka();
    final TestPostgres postgres = TestBackends.freshPostgres();
    final Vertx vertx = Vertx.vertx();
    final KafkaConnection kafka;
    final RecordProducer producer;
    final MailboxReads reads;
    final MailboxCommands commands;
    final Replies replies;
    final Pool reader;
    private final String deployment;

    StoreFixture() throws Exception {
        Path data = Files.createTempDirectory("facteur-store");
        postgres.execute(
                "create role owner login createrole password 'secret'",
                "create role facteur_reader login password 'reads'",
                "create database facteur owner owner");
        Environment environment = Environment.of(Map.of(
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_KAFKA", broker.bootstrapServers(),
                "FACTEUR_POSTGRES", postgres.uri("owner", "secret", "facteur")));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(vertx, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        await(kafka.createTopics());
        ServiceContext services = new ServiceContext(
                vertx,
                environment,
                common,
                kafka,
                new DirectoryBodyStore(vertx, Path.of(common.bodies())),
                new FakeDns(),
                new SimpleMeterRegistry(),
                health,
                Clock.systemUTC());
        producer = kafka.durableProducer("test");
        deployment = await(vertx.deployVerticle(new MailboxStore(services)));
        reader = PgPools.create(
                vertx, postgres.uri("facteur_reader", "reads", "facteur"), "test", 2, StoreSettings.SCHEMA);
        reads = new MailboxReads(reader);
        replies = kafka.replies(Topic.REPLIES);
        commands = new MailboxCommands(producer, replies, Clock.systemUTC());
        send(Topic.DOMAINS, "example.org", Json.bytes(new DomainEntry("example.org", Instant.now())));
    }

    void account(String address, long quota) {
        send(Topic.ADDRESSES, address, Json.bytes(AddressEntry.account(address, "", quota, "")));
    }

    void removeAccount(String address) {
        send(Topic.ADDRESSES, address, null);
    }

    /** A delivery; sent again under the same id it is a repeat. */
    void deliver(String id, Deliver.Disposition disposition, String body, String... accounts) {
        List<Recipient> recipients = List.of(accounts).stream()
                .map(one -> new Recipient(one, one, true))
                .toList();
        Deliver envelope = new Deliver(
                Deliver.VERSION, id, Instant.now(), "sender@example.com", recipients, disposition, "X-Trace: 1\r\n");
        MailRecord<Deliver> record = new MailRecord<>(envelope, new Body.Inline(body.getBytes(StandardCharsets.UTF_8)));
        await(producer.send(record.to(Topic.DELIVER, id)));
    }

    /** Sends a command under an id of the caller's choice. */
    CommandResult command(String id, String account, MailboxCommand command) {
        ReplyAddress address = replies.address();
        Future<byte[]> reply = replies.expect(address, Duration.ofSeconds(30));
        send(
                Topic.COMMANDS,
                account,
                Json.bytes(new CommandRequest(CommandRequest.VERSION, id, address.text(), account, command)));
        return Json.read(await(reply), CommandResult.class);
    }

    static String newId() {
        return MessageId.next(Clock.systemUTC()).value();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }

    private void send(Topic topic, String key, byte[] value) {
        await(producer.send(new ProducerRecord<>(topic.topicName(), key, value)));
    }

    @Override
    public void close() {
        await(reader.close());
        await(vertx.undeploy(deployment));
        await(kafka.close());
        await(vertx.close());
        broker.close();
        postgres.close();
    }
}
