package org.facteur.verifier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.MapTable;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordingProducer;

/** A {@link Reception} whose topics are lists: hand a message in, look at the verdict and at what is delivered. */
final class Desk {
    private final RecordingProducer durable = new RecordingProducer();
    private final RecordingProducer swift = new RecordingProducer();
    private final Reception reception;

    Desk(Vertx vertx, Dns dns, BodyStore bodies) {
        Environment environment = Environment.of(Map.of("FACTEUR_HOSTNAME", "mx.example.com"));
        VerifierSettings settings = VerifierSettings.from(environment, CommonSettings.from(environment));
        Clock clock = Clock.systemUTC();
        reception = new Reception(
                settings,
                new Checks(vertx, dns, clock, settings),
                bodies,
                durable,
                swift,
                swift,
                new AuthMeters(new SimpleMeterRegistry(), new MapTable<>(), clock),
                clock);
    }

    /** Hands a message in, from the client of example.org, with a verdict awaited in 20 s. */
    Future<Void> take(Body message) {
        Received received =
                Messages.received("m1", Messages.CLIENT, Instant.now().plusSeconds(20), "2/r7", Messages.local());
        return reception.handle(consumed(new MailRecord<>(received, message).to(Topic.RECEIVED, null)));
    }

    /** The same, and waits until it is done. */
    void handle(Body message) {
        try {
            take(message).await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }

    /** The verdicts so far. */
    List<Verdict> verdicts() {
        return swift.sent(Topic.VERDICTS).stream()
                .map(record -> Json.read(record.value(), Verdict.class))
                .toList();
    }

    /** The last verdict. */
    Verdict verdict() {
        List<Verdict> all = verdicts();
        return all.get(all.size() - 1);
    }

    /** The Authentication-Results of the last message that was delivered, unfolded. */
    String results() {
        List<ProducerRecord<String, byte[]>> sent = durable.sent(Topic.DELIVER);
        Deliver deliver = MailRecord.from(consumed(sent.get(sent.size() - 1)), Deliver.class)
                .envelope();
        return deliver.prepend().replaceAll("\r\n[ \t]+", " ");
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> sent) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
