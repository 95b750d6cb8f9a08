package org.facteur.platform.kafka;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Topic;

/**
 * Puts records that can never succeed on {@link Topic#DEAD}: key, value and headers as they were, and added the headers
 * {@code cause}, {@code stage}, {@code origin-topic}, {@code origin-partition} and {@code origin-offset}, by which they can be
 * replayed.
 */
final class DeadLetters {
    private final Function<ProducerRecord<String, byte[]>, Future<Void>> send;

    DeadLetters(Function<ProducerRecord<String, byte[]>, Future<Void>> send) {
        this.send = send;
    }

    /** Completes when the record is safe on the topic: only then may its stage go past it. */
    Future<Void> add(String stage, ConsumerRecord<String, byte[]> record, Throwable cause) {
        return send.apply(letter(stage, record, cause));
    }

    static ProducerRecord<String, byte[]> letter(String stage, ConsumerRecord<String, byte[]> record, Throwable cause) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topic.DEAD.topicName(), null, record.key(), record.value(), record.headers());
        add(letter, "cause", cause.getMessage() == null ? cause.toString() : cause.getMessage());
        add(letter, "stage", stage);
        add(letter, "origin-topic", record.topic());
        add(letter, "origin-partition", Integer.toString(record.partition()));
        add(letter, "origin-offset", Long.toString(record.offset()));
        return letter;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String text) {
        letter.headers().remove(name);
        letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
