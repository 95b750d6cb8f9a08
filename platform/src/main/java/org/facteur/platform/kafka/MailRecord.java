package org.facteur.platform.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Envelope;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;

/**
 * A message on a topic: the envelope as JSON in the header {@code envelope}, the body as the value or, stored elsewhere, by
 * name in the header {@code body}.
 */
public record MailRecord<E extends Envelope>(E envelope, Body body) {
    private static final String ENVELOPE = "envelope";
    private static final String BODY = "body";
    private static final byte[] EMPTY = {};

    /** The record to send; {@code key} may be null where the topic has none. */
    public ProducerRecord<String, byte[]> to(Topic topic, String key) {
        byte[] value = body instanceof Body.Inline inline ? inline.bytes() : EMPTY;
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), key, value);
        record.headers().add(ENVELOPE, Json.bytes(envelope));
        if (body instanceof Body.Stored stored) {
            record.headers().add(BODY, stored.ref().text().getBytes(StandardCharsets.US_ASCII));
        }
        return record;
    }

    /** Reads a record; fails with {@link PermanentFailure} where it has no envelope of that type. */
    public static <E extends Envelope> MailRecord<E> from(ConsumerRecord<String, byte[]> record, Class<E> type) {
        Header envelope = record.headers().lastHeader(ENVELOPE);
        if (envelope == null) {
            throw new PermanentFailure("record without an envelope");
        }
        Header body = record.headers().lastHeader(BODY);
        try {
            return new MailRecord<>(
                    Json.read(envelope.value(), type),
                    body == null
                            ? new Body.Inline(record.value() == null ? EMPTY : record.value())
                            : new Body.Stored(BodyRef.parse(new String(body.value(), StandardCharsets.US_ASCII))));
        } catch (RuntimeException e) {
            throw new PermanentFailure("unreadable record: " + e.getMessage(), e);
        }
    }
}
