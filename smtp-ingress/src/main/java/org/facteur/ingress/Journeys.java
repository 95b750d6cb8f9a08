package org.facteur.ingress;

import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;
import org.facteur.platform.kafka.RecordProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of messages here. A journey is told, not promised. */
final class Journeys {
    private static final Logger LOG = LoggerFactory.getLogger(Journeys.class);

    private final RecordProducer producer;

    Journeys(RecordProducer producer) {
        this.producer = producer;
    }

    /** The message is durable. */
    void accepted(SmtpSession session, Transaction transaction, String id, Instant at, long size) {
        String who = session.account().map(account -> account + " at ").orElse("");
        String tls = session.connection().isSecure() ? " with TLS" : "";
        tell(
                session,
                transaction,
                id,
                at,
                "accepted",
                "from " + who + session.helo() + " [" + session.clientIp() + "]" + tls + ", " + size + " octets");
    }

    /** The verdict was a refusal. */
    void refused(SmtpSession session, Transaction transaction, String id, Instant at, Reply reply) {
        tell(
                session,
                transaction,
                id,
                at,
                "refused",
                reply.code() + " " + reply.enhanced() + " " + reply.lines().get(0));
    }

    private void tell(SmtpSession session, Transaction transaction, String id, Instant at, String what, String detail) {
        JourneyEvent event = new JourneyEvent(
                id,
                at,
                SmtpIngress.NAME,
                what,
                (System.nanoTime() - transaction.begin()) / 1000,
                detail,
                transaction.reversePath(),
                transaction.forwardPaths());
        producer.send(new ProducerRecord<>(Topic.JOURNEY.topicName(), id, Json.bytes(event)))
                .onFailure(cause -> LOG.warn("{}: journey not told", id, cause));
    }
}
