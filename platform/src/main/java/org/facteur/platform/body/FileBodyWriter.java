package org.facteur.platform.body;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.record.BodyRef;

/**
 * Writes a body into a local file on worker threads: buffers that arrive while others are written go together in the next
 * turn. To be used on one context. After a failure every later call fails with it, and nothing of the body stays behind.
 */
final class FileBodyWriter implements BodyStore.BodyWriter {
    private static final int USUAL_QUEUE = 256 * 1024;

    private final Vertx vertx;
    private final UnfinishedBody body;
    private final Publisher publisher;
    private List<Buffer> waiting = new ArrayList<>();
    private Promise<Void> nextTurn = Promise.promise();
    private Future<Void> lastTurn = Future.succeededFuture();
    private boolean turning;
    private long queued;
    private int maxQueue = USUAL_QUEUE;
    private Optional<Handler<Void>> drainHandler = Optional.empty();
    private Optional<Handler<Throwable>> exceptionHandler = Optional.empty();

    /** Makes a complete body durable under its name. */
    interface Publisher {
        Future<BodyRef> publish(UnfinishedBody body);
    }

    FileBodyWriter(Vertx vertx, UnfinishedBody body, Publisher publisher) {
        this.vertx = vertx;
        this.body = body;
        this.publisher = publisher;
    }

    @Override
    public Future<Void> write(Buffer buffer) {
        waiting.add(buffer);
        queued += buffer.length();
        Future<Void> written = nextTurn.future();
        if (!turning) {
            turn();
        }
        return written;
    }

    private void turn() {
        List<Buffer> buffers = waiting;
        Promise<Void> turn = nextTurn;
        waiting = new ArrayList<>();
        nextTurn = Promise.promise();
        turning = true;
        lastTurn = lastTurn.compose(before -> vertx.executeBlocking(
                () -> {
                    for (Buffer buffer : buffers) {
                        body.write(buffer);
                    }
                    return null;
                },
                false));
        lastTurn.onComplete(result -> {
            turning = false;
            buffers.forEach(buffer -> queued -= buffer.length());
            if (!waiting.isEmpty()) {
                turn();
            }
            turn.handle(result);
            if (result.failed()) {
                exceptionHandler.ifPresent(handler -> handler.handle(result.cause()));
            } else if (queued <= maxQueue / 2) {
                drained();
            }
        });
    }

    private void drained() {
        Optional<Handler<Void>> handler = drainHandler;
        drainHandler = Optional.empty();
        handler.ifPresent(waiter -> waiter.handle(null));
    }

    /** Completes when everything so far is in the file. */
    @Override
    public Future<Void> end() {
        return turning ? (waiting.isEmpty() ? lastTurn : nextTurn.future()) : lastTurn;
    }

    @Override
    public Future<BodyRef> finish() {
        return end().compose(written -> publisher.publish(body)) // from here on it survives a power cut
                .recover(cause -> discard().transform(any -> Future.failedFuture(cause)));
    }

    @Override
    public Future<Void> discard() {
        return end().transform(written -> vertx.executeBlocking(
                () -> {
                    body.discard();
                    return null;
                },
                false));
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
        exceptionHandler = Optional.ofNullable(handler);
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        maxQueue = maxSize;
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return queued >= maxQueue;
    }

    @Override
    public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
        drainHandler = Optional.ofNullable(handler);
        return this;
    }
}
