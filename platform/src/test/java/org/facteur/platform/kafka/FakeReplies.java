package org.facteur.platform.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.facteur.mail.record.ReplyAddress;

/** {@link Replies} that a test answers by hand; time never passes by itself. */
public final class FakeReplies implements Replies {
    private final AtomicLong counter = new AtomicLong();
    private final Map<ReplyAddress, Promise<byte[]>> waiting = new ConcurrentHashMap<>();

    @Override
    public Future<Void> ready() {
        return Future.succeededFuture();
    }

    @Override
    public ReplyAddress address() {
        return new ReplyAddress(0, "request-" + counter.getAndIncrement());
    }

    @Override
    public Future<byte[]> expect(ReplyAddress address, Duration timeout) {
        Promise<byte[]> promise = Promise.promise();
        waiting.put(address, promise);
        return promise.future();
    }

    /** Answers a request; nothing happens when nobody waits for it. */
    public void answer(ReplyAddress address, byte[] value) {
        Promise<byte[]> promise = waiting.remove(address);
        if (promise != null) {
            promise.complete(value);
        }
    }

    /** Lets the time of every request run out. */
    public void timeOut() {
        waiting.values().forEach(promise -> promise.tryFail(new TimeoutException("no reply in time")));
        waiting.clear();
    }

    /** Requests that wait. */
    public int waiting() {
        return waiting.size();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
