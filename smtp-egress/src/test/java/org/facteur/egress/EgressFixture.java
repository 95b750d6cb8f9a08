package org.facteur.egress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.net.SelfSigned;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.queue.DeferredQueue;
import org.facteur.platform.queue.QueueEntry;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.sql.PgPools;

/** A running egress with a broker and a database; the outside world is {@link ScriptedMx}s on addresses of 127/8. */
final class EgressFixture implements AutoCloseable {
    static final String SENDER = "alice@here.test";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TestKafka broker = TestBackends.freshKafka();
    final FakeDns dns = new FakeDns();
    final BodyStore bodies;
    final DeferredQueue queue;
    final List<MailRecord<Submitted>> submitted = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastAddress = new AtomicInteger(10);
    private final KafkaConnection kafka;
    private final RecordProducer producer;
    private final Pool pool;
    private final TlsIdentity tls;
    private final int port;
    private final String deployment;

    EgressFixture() throws Exception {
        Path data = Files.createTempDirectory("facteur-egress");
        tls = SelfSigned.at(data, List.of("mx.test"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Database database = TestBackends.freshDatabase();
        Environment environment = Environment.of(Map.of(
                "FACTEUR_HOSTNAME", "mail.here.test",
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_KAFKA", broker.bootstrapServers(),
                "FACTEUR_POSTGRES", database.uri(),
                "FACTEUR_EGRESS_PORT", Integer.toString(port),
                "FACTEUR_RETRY", "1s,1h"));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        bodies = new DirectoryBodyStore(vertx, Path.of(common.bodies()));
        kafka = new KafkaConnection(vertx, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        await(kafka.createTopics());
        producer = kafka.durableProducer("test");
        send(Topic.DOMAINS, "here.test", Json.bytes(new DomainEntry("here.test", Instant.now())));
        send(Topic.ADDRESSES, SENDER, Json.bytes(AddressEntry.account(SENDER, "", 0, "")));
        deployment = await(vertx.deployVerticle(new SmtpEgress(new ServiceContext(
                vertx, environment, common, kafka, bodies, dns, meters, health, Clock.systemUTC()))));
        await(kafka.stage(new StageSettings("test-submitted", Topic.SUBMITTED, 10), record -> {
                    submitted.add(MailRecord.from(record, Submitted.class));
                    return Future.succeededFuture();
                })
                .start());
        pool = PgPools.create(vertx, database.uri(), "test", 2, DeferredQueue.SCHEMA);
        queue = new DeferredQueue(pool);
    }

    /** The only MX of a domain. */
    ScriptedMx mx(String domain) {
        return mx(domain, 10);
    }

    /** One more MX of a domain. */
    ScriptedMx mx(String domain, int preference) {
        String address = address(domain, preference);
        ScriptedMx mx = onContext(() -> new ScriptedMx(vertx, address, port, Optional.of(tls)));
        await(onEventLoop(mx::listen));
        return mx;
    }

    /** An MX of a domain where nothing listens. */
    void deadMx(String domain, int preference) {
        address(domain, preference);
    }

    private String address(String domain, int preference) {
        int last = lastAddress.incrementAndGet();
        dns.mx(domain, preference, "mx" + last + "." + domain).address("mx" + last + "." + domain, "127.0.0." + last);
        return "127.0.0." + last;
    }

    /** Hands a message to the service. */
    Outbound send(String domain, String body, String... recipients) {
        Outbound outbound = outbound(domain, SENDER, Instant.now(), recipients);
        send(outbound, new Body.Inline(body.getBytes(StandardCharsets.ISO_8859_1)));
        return outbound;
    }

    static Outbound outbound(String domain, String reversePath, Instant acceptedAt, String... recipients) {
        String id = MessageId.next(Clock.systemUTC()).value();
        String signature = "DKIM-Signature: v=1; d=here.test\r\n";
        return new Outbound(
                Outbound.VERSION, id, acceptedAt, SENDER, reversePath, domain, List.of(recipients), false, signature);
    }

    void send(Outbound outbound, Body body) {
        await(producer.send(new MailRecord<>(outbound, body).to(Topic.OUTBOUND, outbound.domain())));
    }

    /** Puts a body into the body store. */
    BodyRef store(byte[] bytes) {
        return await(bodies.create()
                .compose(writer -> writer.write(Buffer.buffer(bytes)).compose(all -> writer.finish())));
    }

    /** The row of a message that waits. */
    Optional<QueueEntry> waiting(Outbound outbound) {
        return await(queue.get(DeferredQueue.id(outbound)));
    }

    /** Whether nothing is left to do for a message. */
    boolean isSettled(Outbound outbound) {
        // Known first: what is known and does not wait is settled; the other way round it may be deferred in between.
        return await(queue.isKnown(DeferredQueue.id(outbound)))
                && waiting(outbound).isEmpty();
    }

    /** The notifications about a message, as text. */
    List<String> notifications(Outbound outbound) {
        return submitted.stream()
                .map(record -> new String(((Body.Inline) record.body()).bytes(), StandardCharsets.UTF_8))
                .filter(text -> text.contains(outbound.id()))
                .toList();
    }

    private void send(Topic topic, String key, byte[] value) {
        await(producer.send(new ProducerRecord<>(topic.topicName(), key, value)));
    }

    private <T> T onContext(Supplier<T> make) {
        return await(onEventLoop(() -> Future.succeededFuture(make.get())));
    }

    private <T> Future<T> onEventLoop(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> action.get().onComplete(done));
        return done.future();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }

    @Override
    public void close() {
        await(vertx.undeploy(deployment));
        await(kafka.close());
        await(pool.close());
        await(vertx.close());
        broker.close();
    }
}
