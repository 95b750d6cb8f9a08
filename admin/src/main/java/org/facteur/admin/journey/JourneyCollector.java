package org.facteur.admin.journey;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.platform.kafka.PermanentFailure;

/** Batches of mail.journey into rows. */
public final class JourneyCollector {
    private final JourneyRows rows;

    /** Into these rows. */
    public JourneyCollector(JourneyRows rows) {
        this.rows = rows;
    }

    /** Adds one batch. */
    public Future<Void> collect(List<ConsumerRecord<String, byte[]>> records) {
        List<JourneyEvent> events = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(Json.read(record.value(), JourneyEvent.class));
            } catch (RuntimeException e) {
                return Future.failedFuture(new PermanentFailure("not a journey event", e));
            }
        }
        return rows.add(events);
    }
}
