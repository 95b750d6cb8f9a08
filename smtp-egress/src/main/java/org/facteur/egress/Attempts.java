package org.facteur.egress;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.queue.DeferredQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes attempts and acts on what they came to: settle, defer, or bounce. The result of every method is durable when its
 * future completes, so that the caller may commit an offset or give a lease back.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int HEADER_MOST = 64 * 1024;

    private final Delivery delivery;
    private final Destinations destinations;
    private final DeferredQueue queue;
    private final Directory directory;
    private final BodyStore bodies;
    private final RecordProducer mail;
    private final RecordProducer journeys;
    private final EgressSettings settings;
    private final EgressMetrics metrics;
    private final Clock clock;

    Attempts(
            Delivery delivery,
            DeferredQueue queue,
            Directory directory,
            BodyStore bodies,
            RecordProducer mail,
            RecordProducer journeys,
            EgressSettings settings,
            EgressMetrics metrics,
            Clock clock) {
        this.delivery = delivery;
        this.destinations = new Destinations(settings.connectionsPerDomain());
        this.queue = queue;
        this.directory = directory;
        this.bodies = bodies;
        this.mail = mail;
        this.journeys = journeys;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The first attempt of a record; a repeat of one that is settled or waiting does nothing. */
    Future<Void> first(MailRecord<Outbound> message) {
        return queue.isKnown(DeferredQueue.id(message.envelope()))
                .compose(known -> known ? Future.succeededFuture() : attempt(message, 0));
    }

    /**
     * Another attempt.
     *
     * @param before attempts made so far
     */
    Future<Void> attempt(MailRecord<Outbound> message, int before) {
        long begin = System.nanoTime();
        Outbound outbound = message.envelope();
        Optional<Future<Outcome>> attempt = destinations.run(outbound.domain(), () -> delivery.attempt(message));
        if (attempt.isEmpty()) {
            // The domain has no room: its neighbours must not wait for it, so it waits in the queue.
            return queue.defer(message, before, "waiting for earlier mail to " + outbound.domain(), soon());
        }
        return attempt.get().compose(outcome -> {
            metrics.attempted(outcome, Duration.ofNanos(System.nanoTime() - begin));
            return act(message, before + 1, outcome).onSuccess(done -> tell(outbound, outcome, begin));
        });
    }

    private Future<Void> act(MailRecord<Outbound> message, int attempts, Outcome outcome) {
        Outbound outbound = message.envelope();
        Instant now = clock.instant();
        Future<Void> told = bounce(message, outcome.permanent(), outcome.host());
        if (outcome.temporary().isEmpty()) {
            return told.compose(done -> queue.settle(DeferredQueue.id(outbound), now));
        }
        Optional<Instant> next = settings.retry().next(attempts, outbound.acceptedAt(), now);
        if (next.isEmpty()) {
            return told.compose(done -> bounce(message, outcome.temporary(), outcome.host()))
                    .compose(done -> queue.settle(DeferredQueue.id(outbound), now));
        }
        List<String> remaining =
                outcome.temporary().stream().map(Outcome.Failure::recipient).toList();
        String error = outcome.temporary().get(0).text();
        return told.compose(done -> queue.defer(withRecipients(message, remaining), attempts, error, next.get()));
    }

    /** Tells the sender by a message of the platform; nobody is told of a bounce that bounces (RFC 5321 section 4.5.5). */
    private Future<Void> bounce(MailRecord<Outbound> message, List<Outcome.Failure> failures, String host) {
        Outbound outbound = message.envelope();
        if (failures.isEmpty() || outbound.reversePath().isEmpty()) {
            return Future.succeededFuture();
        }
        List<Recipient> sender = directory.recipients(outbound.reversePath());
        if (sender.isEmpty()) {
            LOG.info("{}: nobody to tell that it could not be delivered", outbound.id());
            return Future.succeededFuture();
        }
        return header(message).compose(header -> {
            String id = MessageId.next(clock).value();
            Instant now = clock.instant();
            byte[] text = new Bounce(
                            id, settings.hostname(), now, outbound, failures, host, outbound.prepend() + header)
                    .message();
            Submitted submitted = new Submitted(
                    Submitted.VERSION,
                    id,
                    now,
                    Submitted.Origin.SYSTEM,
                    "mailer-daemon@" + settings.hostname(),
                    new Client("", settings.hostname(), ""),
                    "",
                    sender,
                    outbound.smtputf8(),
                    "");
            return mail.send(
                    new MailRecord<>(submitted, new Body.Inline(text)).to(Topic.SUBMITTED, submitted.account()));
        });
    }

    private Future<String> header(MailRecord<Outbound> message) {
        return message.body() instanceof Body.Inline inline
                ? Future.succeededFuture(headerOf(inline.bytes()))
                : bodies.readFully(((Body.Stored) message.body()).ref(), 0, (int)
                                Math.min(HEADER_MOST, message.body().size()))
                        .map(start -> headerOf(start.getBytes()));
    }

    private static String headerOf(byte[] bytes) {
        int most = Math.min(bytes.length, HEADER_MOST);
        String text = new String(bytes, 0, most, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }

    private static MailRecord<Outbound> withRecipients(MailRecord<Outbound> message, List<String> recipients) {
        Outbound old = message.envelope();
        return new MailRecord<>(
                new Outbound(
                        old.version(),
                        old.id(),
                        old.acceptedAt(),
                        old.account(),
                        old.reversePath(),
                        old.domain(),
                        recipients,
                        old.smtputf8(),
                        old.prepend()),
                message.body());
    }

    private Instant soon() {
        return clock.instant().plus(Duration.ofSeconds(2));
    }

    private void tell(Outbound outbound, Outcome outcome, long begin) {
        JourneyEvent event = new JourneyEvent(
                outbound.id(),
                clock.instant(),
                SmtpEgress.NAME,
                outcome.word(),
                (System.nanoTime() - begin) / 1000,
                outcome.detail(),
                null,
                outbound.recipients());
        journeys.send(new ProducerRecord<>(Topic.JOURNEY.topicName(), outbound.id(), Json.bytes(event)))
                .onFailure(cause -> LOG.warn("{}: journey not told", outbound.id(), cause));
    }
}
