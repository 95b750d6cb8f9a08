package org.facteur.platform.kafka;

import io.vertx.core.Future;
import java.time.Duration;
import org.facteur.mail.record.ReplyAddress;

/**
 * The asking side of request and reply: this instance reads one partition of a reply topic without a group, and knows its
 * own requests by their ids. No rebalance can lose a reply.
 */
public interface Replies {
    /** Completes when the partition is read from its end on, so that no reply can be missed. */
    Future<Void> ready();

    /** A new address, unique to one request; it costs nothing until {@link #expect}. */
    ReplyAddress address();

    /**
     * Waits for the reply to one request; call it before sending the request. The future fails with
     * {@link java.util.concurrent.TimeoutException} after {@code timeout}, and is completed on the caller's context.
     */
    Future<byte[]> expect(ReplyAddress address, Duration timeout);

    /** Stops reading. */
    Future<Void> close();
}
