package org.facteur.ingress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Envelope;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.MapTable;
import org.facteur.platform.kafka.FakeReplies;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.RecordingProducer;
import org.facteur.platform.net.ConnectionCounts;
import org.facteur.platform.net.ConnectionLimits;
import org.facteur.platform.net.LineEnds;
import org.facteur.platform.net.LineServer;
import org.facteur.platform.net.ListenerSettings;
import org.facteur.platform.net.SelfSigned;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.net.TlsMode;
import org.facteur.platform.security.Authenticator;
import org.facteur.platform.security.Passwords;

/**
 * The sessions on real sockets, Kafka replaced by memory. The sender decides the verdict: {@code reject@}, {@code junk@},
 * {@code late@} (none in time), and acceptance for all others.
 */
final class Harness implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    final Vertx vertx = Vertx.vertx();
    final RecordingProducer sent = new RecordingProducer();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final DirectoryBodyStore bodies;
    private final FakeReplies verdicts = new FakeReplies();
    private final Ingress ingress;
    private final TlsIdentity tls;

    Harness(Map<String, String> settings) throws Exception {
        Path directory = Files.createTempDirectory("facteur-ingress");
        bodies = new DirectoryBodyStore(vertx, directory.resolve("bodies"));
        tls = SelfSigned.at(directory.resolve("tls"), List.of("mx.example.org"));
        String hash = new Passwords(vertx).hash(PASSWORD).await();
        Directory people = new Directory(
                new MapTable<DomainEntry>().put("example.org", new DomainEntry("example.org", Instant.EPOCH)),
                new MapTable<AddressEntry>()
                        .put("alice@example.org", AddressEntry.account("alice@example.org", hash, 0, ""))
                        .put("full@example.org", AddressEntry.account("full@example.org", hash, 10, ""))
                        .put(
                                "sales@example.org",
                                AddressEntry.alias("sales@example.org", List.of("alice@example.org"))),
                new MapTable<UsageEntry>().put("full@example.org", new UsageEntry("full@example.org", 10, 1)));
        IngressSettings ingressSettings = IngressSettings.from(Environment.of(settings));
        Journeys journeys = new Journeys(new RecordingProducer());
        Clock clock = Clock.systemUTC();
        ingress = new Ingress(
                "mx.example.org",
                ingressSettings,
                64 * 1024,
                people,
                new Authenticator(vertx, people, clock),
                bodies,
                new MemoryBudget(ingressSettings.memory()),
                new MxAcceptance(new Verifier(), verdicts, journeys, Duration.ofSeconds(20), clock),
                new SubmissionAcceptance(new Verifier(), journeys, people, "mx.example.org", clock),
                new IngressMetrics(meters),
                clock);
    }

    /** A listener; its port. */
    int listen(Role role) {
        ListenerSettings settings = ListenerSettings.of(
                        role.listener(),
                        "127.0.0.1",
                        0,
                        role == Role.SUBMISSIONS ? TlsMode.IMPLICIT : TlsMode.STARTTLS,
                        LineEnds.CRLF_ONLY)
                .withLimits(ConnectionLimits.DEFAULT.withLineLength(12_288));
        LineServer server = new LineServer(
                vertx,
                settings,
                Optional.of(tls),
                new ConnectionCounts(),
                connection -> new SmtpSession(connection, role, ingress));
        return server.listen().await();
    }

    /** The newest record on a topic. */
    <E extends Envelope> MailRecord<E> last(Topic topic, Class<E> type) {
        List<ProducerRecord<String, byte[]>> records = sent.sent(topic);
        return read(records.get(records.size() - 1), type);
    }

    private static <E extends Envelope> MailRecord<E> read(ProducerRecord<String, byte[]> record, Class<E> type) {
        return MailRecord.from(
                new ConsumerRecord<>(
                        record.topic(),
                        0,
                        0,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        record.key(),
                        record.value(),
                        new RecordHeaders(record.headers()),
                        Optional.empty()),
                type);
    }

    /** Keeps what is sent and answers as the verifier would. */
    private final class Verifier implements RecordProducer {
        @Override
        public Future<Void> send(ProducerRecord<String, byte[]> record) {
            return sent.send(record).onSuccess(acknowledged -> {
                if (record.topic().equals(Topic.RECEIVED.topicName())) {
                    judge(read(record, Received.class).envelope());
                }
            });
        }

        private void judge(Received received) {
            String sender = received.reversePath().split("@")[0];
            if (sender.equals("late")) {
                vertx.runOnContext(run -> verdicts.timeOut());
                return;
            }
            Verdict verdict =
                    switch (sender) {
                        case "reject" -> Verdict.reject(received.id(), "dmarc", 550, "5.7.26", "forged, says DMARC");
                        case "junk" -> Verdict.quarantine(received.id());
                        default -> Verdict.accept(received.id());
                    };
            verdicts.answer(ReplyAddress.parse(received.replyTo()), Json.bytes(verdict));
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
