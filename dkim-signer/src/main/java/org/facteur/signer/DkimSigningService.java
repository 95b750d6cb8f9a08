package org.facteur.signer;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.arc.ArcSealer;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.DkimKeyEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.config.Setting;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.security.Seal;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage from mail.submitted to mail.deliver and mail.outbound: signs with every key of the author's domain, seals what is
 * forwarded, routes.
 */
public final class DkimSigningService extends VerticleBase {
    /** The stage's name, and the service's on the command line. */
    public static final String NAME = "dkim-signer";

    /** It has none of its own: the master key is everybody's. */
    public static final List<Setting<?>> SETTINGS = List.of();

    private static final Logger LOG = LoggerFactory.getLogger(DkimSigningService.class);
    private static final int IN_FLIGHT = 100;
    private static final int HEADER_READ = 256 * 1024;

    private final ServiceContext services;
    private final DkimSigner signer;
    private final ArcSealer sealer;
    private RecordProducer mail;
    private RecordProducer journeys;
    private DomainKeys keys;
    private Stage stage;

    /** A signer for this process. */
    public DkimSigningService(ServiceContext services) {
        this.services = services;
        this.signer = new DkimSigner(services.clock());
        this.sealer = new ArcSealer(services.clock());
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, DkimSigningService::new);
    }

    @Override
    public Future<?> start() {
        mail = services.kafka().durableProducer(NAME);
        journeys = services.kafka().journeyProducer();
        keys = new DomainKeys(
                context,
                services.kafka().table(Topic.DOMAINS, DomainEntry.class),
                services.kafka().table(Topic.DKIM, DkimKeyEntry.class),
                mail,
                Seal.from(services.common().masterKey()),
                services.clock());
        stage = services.kafka().stage(new StageSettings(NAME, Topic.SUBMITTED, IN_FLIGHT), this::sign);
        return keys.start().compose(started -> stage.start());
    }

    @Override
    public Future<?> stop() {
        return stage.stop().compose(stopped -> mail.close()).compose(closed -> journeys.close());
    }

    private Future<Void> sign(ConsumerRecord<String, byte[]> record) {
        long begin = System.nanoTime();
        MailRecord<Submitted> message = MailRecord.from(record, Submitted.class);
        Submitted submitted = message.envelope();
        if (submitted.origin() == Submitted.Origin.FORWARD) {
            return seal(message, begin);
        }
        return read(message.body()).compose(content -> {
            byte[] prepend = submitted.prepend().getBytes(StandardCharsets.UTF_8);
            RawHeader header = content.header().withPrepended(prepend);
            String domain = SigningDomain.of(header, submitted);
            List<DkimSigningKey> domainKeys = keys.keysOf(domain);
            if (domainKeys.isEmpty() && keys.isOurs(domain)) {
                return Future.failedFuture("the keys of " + domain + " are not made yet");
            }
            return services.vertx()
                    .executeBlocking(() -> signer.sign(header, content.body(), domainKeys), false)
                    .compose(fields -> route(message, fields + submitted.prepend(), domainKeys, begin));
        });
    }

    /**
     * A forward is sealed in the name of the address that forwards: its domain is ours, has published keys, and is the one that
     * the next hop can learn to trust; the author's and the reverse-path's are others'. One seal per set: RSA, which all read.
     */
    private Future<Void> seal(MailRecord<Submitted> message, long begin) {
        Submitted submitted = message.envelope();
        byte[] prepend = submitted.prepend().getBytes(StandardCharsets.UTF_8);
        List<RawField> results = RawHeader.parse(prepend, 0, prepend.length).fields("authentication-results");
        String domain = SigningDomain.domainOf(submitted.account());
        List<DkimSigningKey> key = keys.keysOf(domain).stream().limit(1).toList();
        if (key.isEmpty() && keys.isOurs(domain)) {
            return Future.failedFuture("the keys of " + domain + " are not made yet");
        }
        if (key.isEmpty() || results.isEmpty() || submitted.arc().isEmpty()) {
            return route(message, submitted.prepend(), List.of(), begin);
        }
        return read(message.body()).compose(content -> {
            RawHeader header = content.header().withPrepended(prepend);
            ArcStatus arc = submitted.arc().get();
            return services.vertx()
                    .executeBlocking(() -> sealer.seal(header, content.body(), arc, results.get(0), key.get(0)), false)
                    .compose(set -> route(
                            message, set.orElse("") + submitted.prepend(), set.isPresent() ? key : List.of(), begin));
        });
    }

    private Future<Void> route(
            MailRecord<Submitted> message, String prepend, List<DkimSigningKey> signedBy, long begin) {
        Routing routing = Routing.of(message.envelope(), prepend);
        List<Future<Void>> sends = new ArrayList<>();
        routing.local()
                .forEach(deliver -> sends.add(
                        mail.send(new MailRecord<>(deliver, message.body()).to(Topic.DELIVER, deliver.id()))));
        routing.remote()
                .forEach(outbound -> sends.add(
                        mail.send(new MailRecord<>(outbound, message.body()).to(Topic.OUTBOUND, outbound.domain()))));
        routing.reports()
                .forEach(report -> sends.add(
                        mail.send(new MailRecord<>(report, message.body()).to(Topic.REPORTS, report.domain()))));
        return Future.all(sends)
                .onSuccess(sent -> tell(message.envelope(), routing, signedBy, begin))
                .mapEmpty();
    }

    /** A journey is told, not promised: a failure to tell is logged and the message goes its way. */
    private void tell(Submitted submitted, Routing routing, List<DkimSigningKey> signedBy, long begin) {
        String done = submitted.origin() == Submitted.Origin.FORWARD ? "sealed" : "signed";
        StringBuilder detail = new StringBuilder();
        for (DkimSigningKey key : signedBy) {
            detail.append(done)
                    .append(" d=")
                    .append(key.domain())
                    .append(" s=")
                    .append(key.selector())
                    .append(", ");
        }
        routing.local()
                .forEach(deliver -> detail.append(deliver.recipients().size()).append(" local, "));
        routing.remote()
                .forEach(outbound ->
                        detail.append("to ").append(outbound.domain()).append(", "));
        detail.setLength(Math.max(0, detail.length() - 2));
        JourneyEvent event = new JourneyEvent(
                submitted.id(),
                Instant.now(services.clock()),
                NAME,
                signedBy.isEmpty() ? "routed" : done,
                Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1000,
                detail.toString(),
                null,
                null);
        journeys.send(new ProducerRecord<>(Topic.JOURNEY.topicName(), submitted.id(), Json.bytes(event)))
                .onFailure(cause -> LOG.warn("{}: journey not told", submitted.id(), cause));
    }

    /** What signing needs of a message: its header and the hash of its body. */
    private record Content(RawHeader header, BodyHash body) {}

    private Future<Content> read(Body body) {
        if (body instanceof Body.Inline inline) {
            byte[] bytes = inline.bytes();
            RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
            return Future.succeededFuture(
                    new Content(header, BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length)));
        }
        BodyRef ref = ((Body.Stored) body).ref();
        BodyStore bodies = services.bodies();
        return bodies.readFully(ref, 0, (int) Math.min(HEADER_READ, ref.size())).compose(start -> {
            RawHeader header = RawHeader.parse(start.getBytes(), 0, start.length());
            return bodies.read(ref, header.bodyStart(), ref.size() - header.bodyStart())
                    .compose(this::hash)
                    .map(hash -> new Content(header, hash));
        });
    }

    private Future<BodyHash> hash(ReadStream<Buffer> stream) {
        BodyHasher hasher = new BodyHasher(List.of(BodyHasher.Form.RELAXED));
        return Future.future(done -> stream.exceptionHandler(done::tryFail)
                .endHandler(end -> done.tryComplete(hasher.finish().get(BodyHasher.Form.RELAXED)))
                .handler(buffer -> {
                    byte[] bytes = buffer.getBytes();
                    hasher.update(bytes, 0, bytes.length);
                }));
    }
}
