package org.facteur.mail.record;

import java.time.Instant;

/**
 * Envelope on {@link Topic#AUTH_REQUESTS}: a saved message whose authentication is to be explained as if it came in now.
 * Nothing is delivered.
 *
 * @param id names the request, such as in the reply that the message would get
 * @param deadline until when somebody waits for the {@link Explanation}
 * @param replyTo where it goes, see {@link ReplyAddress}
 * @param client from whom the message is taken to come
 */
public record VerifyRequest(int version, String id, Instant deadline, String replyTo, Client client, String reversePath)
        implements Envelope {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** Always empty: the message is taken as it was saved. */
    @Override
    public String prepend() {
        return "";
    }
}
