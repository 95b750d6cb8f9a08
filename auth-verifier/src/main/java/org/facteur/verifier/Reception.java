package org.facteur.verifier;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.verifier.results.AuthenticationResults;
import org.facteur.verifier.results.Verification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the stage does with one record of mail.received. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final VerifierSettings settings;
    private final Checks checks;
    private final BodyStore bodies;
    private final RecordProducer durable;
    private final RecordProducer swift;
    private final Journey journey;
    private final Observations observations;
    private final AuthMeters meters;
    private final Clock clock;

    Reception(
            VerifierSettings settings,
            Checks checks,
            BodyStore bodies,
            RecordProducer durable,
            RecordProducer swift,
            RecordProducer journeys,
            AuthMeters meters,
            Clock clock) {
        this.settings = settings;
        this.checks = checks;
        this.bodies = bodies;
        this.durable = durable;
        this.swift = swift;
        this.journey = new Journey(journeys, clock);
        this.observations = new Observations(journeys, clock);
        this.meters = meters;
        this.clock = clock;
    }

    /** Completes when the message is refused or safe on its next topics: only then may the offset pass it. */
    Future<Void> handle(ConsumerRecord<String, byte[]> record) {
        long begin = System.nanoTime();
        MailRecord<Received> message = MailRecord.from(record, Received.class);
        Received received = message.envelope();
        return ReceivedBody.open(message.body(), bodies)
                .compose(body -> verify(received, body).compose(found -> {
                    meters.count(found);
                    Verdict decided = settings.policy().decide(received.id(), found);
                    String results = AuthenticationResults.field(settings.authservId(), found);
                    Handover handover =
                            Handover.of(received, decided, results, found.arc().known(), clock.instant());
                    return hand(received, body, handover, found).onSuccess(done -> {
                        journey.tell(received, handover.verdict(), decided, found, begin);
                        observations.tell(received, handover.verdict(), found);
                    });
                }));
    }

    private Future<Verification> verify(Received received, ReceivedBody body) {
        Instant begin = clock.instant();
        return checks.begin(received, body.header()).verify(body, bodies, () -> {
            Instant now = clock.instant();
            return Handover.timeLeft(received, now, Checks.MOST_DNS.minus(Duration.between(begin, now)));
        });
    }

    private Future<Void> hand(Received received, ReceivedBody body, Handover handover, Verification found) {
        Future<Void> told = tell(received, handover.verdict());
        if (handover.verdict().decision() == Verdict.Decision.REJECT) {
            // refused only once the verdict is out; if it cannot be sent, a later try finds the deadline passed: Junk
            return told;
        }
        told.onFailure(cause ->
                LOG.warn("{}: verdict not sent, the client has its 250 at the deadline", received.id(), cause));
        return body.withoutClaims(settings.authservId(), bodies)
                .compose(kept -> send(handover, ReportHandover.of(received, found), kept));
    }

    private Future<Void> tell(Received received, Verdict verdict) {
        return swift.send(
                KafkaConnection.reply(Topic.VERDICTS, ReplyAddress.parse(received.replyTo()), Json.bytes(verdict)));
    }

    private Future<Void> send(Handover handover, List<ReportMail> reports, Body body) {
        List<Future<Void>> sends = new ArrayList<>(2);
        handover.deliver()
                .map(deliver -> new MailRecord<>(deliver, body).to(Topic.DELIVER, deliver.id()))
                .map(durable::send)
                .ifPresent(sends::add);
        for (Submitted forward : handover.forwards()) {
            ProducerRecord<String, byte[]> record =
                    new MailRecord<>(forward, body).to(Topic.SUBMITTED, forward.account());
            sends.add(durable.send(record));
        }
        for (ReportMail report : reports) {
            sends.add(durable.send(new MailRecord<>(report, body).to(Topic.REPORTS, report.domain())));
        }
        // from here the message is mailbox-store's, dkim-signer's and admin's
        return Future.all(sends).mapEmpty();
    }
}
