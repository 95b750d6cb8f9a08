package org.facteur.platform.kafka;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the threads that own a consumer have in common. */
final class Consumers {
    private Consumers() {}

    static KafkaConsumer<String, byte[]> make(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Does a call to the consumer again when a wake-up meant for poll has hit it. */
    static <T> T uninterrupted(AtomicBoolean called, Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException e) {
                called.set(false);
            }
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
