package org.facteur.verifier;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimSignature;
import org.facteur.mail.dkim.DkimVerifier;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.dkim.TagSyntaxException;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.VerifyRequest;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.verifier.explain.Sections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with one record of auth.requests: the checks of {@link Reception}, told step by step to whoever asks. Nothing
 * is delivered, counted or put on a journey. The checks have four sixths of the time that is left and at most 20 s, what is
 * only for the explanation has one; the rest is for the way back.
 */
final class Explainer {
    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);
    private static final int DNS_PARTS = 4;
    private static final int ALL_PARTS = 6;

    private final VerifierSettings settings;
    private final Checks checks;
    private final Dns dns;
    private final BodyStore bodies;
    private final RecordProducer swift;
    private final Clock clock;

    Explainer(VerifierSettings settings, Checks checks, Dns dns, BodyStore bodies, RecordProducer swift, Clock clock) {
        this.settings = settings;
        this.checks = checks;
        this.dns = dns;
        this.bodies = bodies;
        this.swift = swift;
        this.clock = clock;
    }

    /** Completes when the answer is out; whatever fails is told there once, for nobody waits for a second try. */
    Future<Void> handle(ConsumerRecord<String, byte[]> record) {
        MailRecord<VerifyRequest> asked = MailRecord.from(record, VerifyRequest.class);
        VerifyRequest request = asked.envelope();
        if (clock.instant().isAfter(request.deadline())) {
            return Future.succeededFuture();
        }
        return ReceivedBody.open(asked.body(), bodies)
                .compose(body -> explain(request, body))
                .recover(cause -> {
                    LOG.warn("{}: no explanation", request.id(), cause);
                    return Future.succeededFuture(
                            Explanation.failed(request, "the verifier could not look at the message: " + cause));
                })
                .compose(answer -> swift.send(KafkaConnection.reply(
                        Topic.AUTH_REPLIES, ReplyAddress.parse(request.replyTo()), Json.bytes(answer))))
                .recover(cause -> {
                    LOG.warn("{}: the explanation is not sent", request.id(), cause);
                    return Future.succeededFuture();
                });
    }

    private Future<Explanation> explain(VerifyRequest request, ReceivedBody body) {
        Sections sections = new Sections(dns, System::nanoTime);
        RunningChecks running = checks.observed(
                        sections::dns, line -> sections.log("spf").step(line.get()))
                .begin(received(request), body.header(), forms(body.header()));
        Duration part = Duration.between(clock.instant(), request.deadline()).dividedBy(ALL_PARTS);
        Duration parts = part.multipliedBy(DNS_PARTS);
        Duration limit = parts.compareTo(Checks.MOST_DNS) < 0 ? parts : Checks.MOST_DNS;
        return running.verify(body, bodies, () -> limit)
                .compose(found -> sections.explain(
                        request,
                        body.body().size(),
                        body.header(),
                        running.hashes(),
                        found,
                        settings.authservId(),
                        settings.policy(),
                        part));
    }

    /** The hashes that the signatures claim, whether or not they come to be compared. */
    private static List<BodyHasher.Form> forms(RawHeader header) {
        List<BodyHasher.Form> forms = new ArrayList<>();
        for (RawField field : header.fields(DkimSignature.FIELD).stream()
                .limit(DkimVerifier.DEFAULT_SIGNATURES)
                .toList()) {
            try {
                forms.add(DkimSignature.parse(field).bodyForm());
            } catch (TagSyntaxException e) {
                LOG.debug("{}: a signature cannot be read", field.name(), e);
            }
        }
        return forms;
    }

    private Received received(VerifyRequest request) {
        Instant now = clock.instant();
        return new Received(
                Received.VERSION,
                request.id(),
                now,
                request.deadline(),
                request.replyTo(),
                request.client(),
                request.reversePath(),
                List.of(),
                false,
                "");
    }
}
