package org.facteur.platform.queue;

import java.time.Instant;
import java.util.List;

/**
 * One message to one remote domain that waits, as a person sees it.
 *
 * @param id message id, recipient domain and account, with slashes between
 * @param attempts made so far
 * @param lastError the last reply or failure, as it came
 */
public record QueueEntry(
        String id,
        String messageId,
        String domain,
        State state,
        Instant acceptedAt,
        Instant nextAttempt,
        int attempts,
        String lastError,
        String sender,
        List<String> recipients) {
    /** Whether it is tried by itself. */
    public enum State {
        /** It is tried at its next attempt. */
        WAITING,
        /** A person holds it back. */
        HELD
    }
}
