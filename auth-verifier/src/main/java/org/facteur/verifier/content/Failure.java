package org.facteur.verifier.content;

import io.vertx.core.VertxException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/** Why a scanner gave no result, in words that may stand in a message: without addresses of this network. */
final class Failure extends RuntimeException {
    static final String NO_ANSWER = "no answer in time";

    private static final long serialVersionUID = 1;

    /** An answer that is not one; {@code message} says what is wrong with it. */
    Failure(String message) {
        super(message, null, false, false);
    }

    static String reason(Throwable cause) {
        if (cause instanceof Failure) {
            return cause.getMessage();
        }
        if (cause instanceof TimeoutException) {
            return NO_ANSWER;
        }
        if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
            return "no connection";
        }
        return cause instanceof VertxException
                ? "connection closed"
                : "failed with " + cause.getClass().getSimpleName();
    }
}
