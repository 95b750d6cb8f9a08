package org.facteur.admin.dmarc;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Json;
import org.facteur.platform.kafka.PermanentFailure;

/** Batches of auth.observations into rows; those that nobody wants to hear of are left out. */
final class ObservationCollector {
    private final ObservationRows rows;

    ObservationCollector(ObservationRows rows) {
        this.rows = rows;
    }

    Future<Void> collect(List<ConsumerRecord<String, byte[]>> records) {
        List<AuthObservation> seen = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                AuthObservation observation = Json.read(record.value(), AuthObservation.class);
                if (observation.policy().rua().stream()
                        .anyMatch(uri -> ReportUri.parse(uri).isPresent())) {
                    seen.add(observation);
                }
            } catch (RuntimeException e) {
                return Future.failedFuture(new PermanentFailure("not an observation", e));
            }
        }
        return rows.add(seen);
    }
}
