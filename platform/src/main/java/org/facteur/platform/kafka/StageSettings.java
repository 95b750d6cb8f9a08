package org.facteur.platform.kafka;

import java.time.Duration;
import org.facteur.mail.record.Topic;

/**
 * How a stage reads its topic.
 *
 * @param name the stage's name in metrics and journeys, and its consumer group, such as {@code auth-verifier}
 * @param topic what it reads
 * @param inFlight records per partition under way at most (Stage), or records in a batch at most (BatchStage)
 * @param retryFirst the first pause after a failure that is not permanent; doubled up to {@code retryMost}
 * @param retryMost the longest such pause
 */
public record StageSettings(String name, Topic topic, int inFlight, Duration retryFirst, Duration retryMost) {
    /** The usual pauses: 200 ms to 30 s. */
    public StageSettings(String name, Topic topic, int inFlight) {
        this(name, topic, inFlight, Duration.ofMillis(200), Duration.ofSeconds(30));
    }
}
