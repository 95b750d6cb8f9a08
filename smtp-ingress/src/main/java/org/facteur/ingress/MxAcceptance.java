package org.facteur.ingress;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message from another server: it goes to mail.received, and its reply waits for the verdict for a bounded time. The
 * deadline rides with the message, so the verifier alone decides whether its reject was in time.
 */
final class MxAcceptance implements Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(MxAcceptance.class);

    private final RecordProducer mail;
    private final Replies verdicts;
    private final Journeys journeys;
    private final Duration patience;
    private final Clock clock;

    MxAcceptance(RecordProducer mail, Replies verdicts, Journeys journeys, Duration patience, Clock clock) {
        this.mail = mail;
        this.verdicts = verdicts;
        this.journeys = journeys;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Future<Reply> accept(SmtpSession session, Transaction transaction, Intake intake) {
        HeaderCheck.check(intake);
        long size = intake.size();
        return intake.finish().compose(body -> send(session, transaction, body, size));
    }

    private Future<Reply> send(SmtpSession session, Transaction transaction, Body body, long size) {
        String id = MessageId.next(clock).value();
        Instant now = clock.instant();
        ReplyAddress address = verdicts.address();
        Received received = new Received(
                Received.VERSION,
                id,
                now,
                now.plus(patience),
                address.text(),
                session.client(),
                transaction.reversePath(),
                transaction.recipients(),
                transaction.smtputf8(),
                ReceivedField.of(session, transaction, id, now));
        Future<byte[]> verdict = verdicts.expect(address, patience);
        return mail.send(new MailRecord<>(received, body).to(Topic.RECEIVED, null))
                .compose(
                        // From here the message is ours: it is on mail.received and survives whatever happens now.
                        durable -> {
                            journeys.accepted(session, transaction, id, now, size);
                            return verdict.map(bytes -> reply(session, transaction, Json.read(bytes, Verdict.class)))
                                    .recover(cause -> late(session, id, cause));
                        },
                        cause -> {
                            LOG.warn("{}: not durable, the client keeps it: {}", id, cause.toString());
                            return Future.failedFuture(
                                    new Refusal(451, "4.3.0", "the message cannot be stored now, try again later"));
                        });
    }

    private Reply reply(SmtpSession session, Transaction transaction, Verdict verdict) {
        if (verdict.decision() == Verdict.Decision.REJECT) {
            Reply reply = Reply.of(verdict.code(), verdict.enhanced(), verdict.text())
                    .because(Reason.ofMethod(verdict.method()));
            journeys.refused(session, transaction, verdict.id(), clock.instant(), reply);
            throw new Refusal(reply);
        }
        return accepted(verdict.id());
    }

    /** No verdict in time: the message is durable, so it is taken; a reject that comes late becomes a quarantine. */
    private static Future<Reply> late(SmtpSession session, String id, Throwable cause) {
        if (cause instanceof TimeoutException) {
            session.ingress().metrics().verdictLate();
            return Future.succeededFuture(accepted(id));
        }
        if (cause instanceof Refusal) {
            return Future.failedFuture(cause);
        }
        LOG.warn("{}: no verdict could be read, taken without one", id, cause);
        return Future.succeededFuture(accepted(id));
    }

    static Reply accepted(String id) {
        return Reply.of(250, "2.0.0", "accepted as " + id);
    }
}
