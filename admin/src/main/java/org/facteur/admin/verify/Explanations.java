package org.facteur.admin.verify;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.VerifyRequest;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;

/** Asks whichever auth-verifier is there, over Kafka. */
public final class Explanations {
    /** How long an answer is waited for: the verifier gives DNS 20 s, and a few more to what is only for the explanation. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordProducer producer;
    private final Replies replies;
    private final Clock clock;

    /** Over a swift producer and the replies of {@link Topic#AUTH_REPLIES}. */
    public Explanations(RecordProducer producer, Replies replies, Clock clock) {
        this.producer = producer;
        this.replies = replies;
        this.clock = clock;
    }

    /**
     * Explains a message as if it came from that client now. Fails with {@link java.util.concurrent.TimeoutException} where
     * no verifier answers.
     *
     * @param reversePath without angle brackets; empty for the null reverse-path
     */
    public Future<Explanation> of(Client client, String reversePath, Body message) {
        ReplyAddress address = replies.address();
        Future<byte[]> reply = replies.expect(address, PATIENCE);
        VerifyRequest request = new VerifyRequest(
                VerifyRequest.VERSION,
                MessageId.next(clock).value(),
                clock.instant().plus(PATIENCE),
                address.text(),
                client,
                reversePath);
        return producer.send(new MailRecord<>(request, message).to(Topic.AUTH_REQUESTS, null))
                .compose(sent -> reply)
                .map(bytes -> Json.read(bytes, Explanation.class));
    }
}
