package org.facteur.verifier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Futures that end: what has no result when its time is over has another. */
final class InTime {
    private InTime() {}

    /** The result of a future, or {@code otherwise} where it fails or has none after {@code limit}. Never fails. */
    static <T> Future<T> of(Vertx vertx, Future<T> future, Duration limit, Supplier<T> otherwise) {
        if (future.isComplete()) {
            return future.otherwise(failure -> otherwise.get());
        }
        Promise<T> done = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> done.tryComplete(otherwise.get()));
        future.onComplete(ended -> {
            vertx.cancelTimer(timer);
            done.tryComplete(ended.succeeded() ? ended.result() : otherwise.get());
        });
        return done.future();
    }
}
