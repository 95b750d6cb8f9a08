package org.facteur.platform.kafka;

import io.vertx.core.Future;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records; the future completes when Kafka has acknowledged the record, on the caller's Vert.x context when there is
 * one, and fails when it did not within the delivery timeout: whoever sends must treat that failure.
 */
public interface RecordProducer {
    /** Sends one record. */
    Future<Void> send(ProducerRecord<String, byte[]> record);

    /** Sends what is still waiting and closes. */
    Future<Void> close();
}
