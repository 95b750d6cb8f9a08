package org.facteur.platform.kafka;

import io.vertx.core.Future;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A producer that others use too: to close it is to stop using it. */
record SharedProducer(RecordProducer shared) implements RecordProducer {
    @Override
    public Future<Void> send(ProducerRecord<String, byte[]> record) {
        return shared.send(record);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
