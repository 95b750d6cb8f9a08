package org.facteur.verifier.content;

import io.vertx.core.Future;
import java.time.Duration;

/** A program that looks at the content of messages. Nothing blocks. */
public interface Scanner {
    /** Its name in settings, metrics and, behind {@code x-}, in Authentication-Results. */
    String name();

    /**
     * Asks about one message. The future never fails: no answer within {@code limit}, no connection and an answer that cannot
     * be read are {@link Finding#ERROR}, and nothing is left open then.
     */
    Future<ScanResult> scan(ScannedMessage message, Duration limit);
}
