package org.facteur.platform.body;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;

/**
 * A part of a body as a stream with back-pressure. Each chunk is asked for anew when the one before it was taken, so at most
 * one is in memory, and a reader that goes away leaves nothing open. Reading begins when a handler is set; all calls on one
 * context.
 */
final class BodyStream implements ReadStream<Buffer> {
    private final Context context;
    private final Source source;
    private final int chunkSize;
    private final long end;
    private long position;
    private long demand = Long.MAX_VALUE;
    private boolean reading;
    private boolean over;
    private Optional<Buffer> next = Optional.empty();
    private Optional<Handler<Buffer>> handler = Optional.empty();
    private Optional<Handler<Void>> endHandler = Optional.empty();
    private Optional<Handler<Throwable>> exceptionHandler = Optional.empty();

    /** Where the octets come from: exactly that many from that offset on, or a failure. */
    interface Source {
        Future<Buffer> slice(long offset, int length);
    }

    BodyStream(Vertx vertx, Source source, int chunkSize, long offset, long length) {
        context = vertx.getOrCreateContext();
        this.source = source;
        this.chunkSize = chunkSize;
        position = offset;
        end = offset + length;
    }

    /** The same stream with its first octets already there. */
    BodyStream beginningWith(Buffer first) {
        position += first.length();
        next = first.length() == 0 ? Optional.empty() : Optional.of(first);
        return this;
    }

    private void advance() {
        if (over || reading || handler.isEmpty()) {
            return;
        }
        reading = true;
        context.runOnContext(nothing -> {
            reading = false;
            if (next.isPresent() && demand > 0) {
                give();
            }
            if (next.isEmpty()) {
                readOrEnd();
            }
        });
    }

    private void give() {
        Buffer chunk = next.orElseThrow();
        next = Optional.empty();
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        handler.ifPresent(taker -> taker.handle(chunk));
    }

    private void readOrEnd() {
        if (over || reading || handler.isEmpty()) {
            return;
        }
        if (position == end) {
            over = true;
            endHandler.ifPresent(listener -> listener.handle(null));
            return;
        }
        reading = true;
        int length = (int) Math.min(chunkSize, end - position);
        source.slice(position, length)
                .onComplete(
                        chunk -> {
                            reading = false;
                            position += length;
                            next = Optional.of(chunk);
                            advance();
                        },
                        cause -> {
                            reading = false;
                            over = true;
                            exceptionHandler.ifPresent(listener -> listener.handle(cause));
                        });
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> taker) {
        handler = Optional.ofNullable(taker);
        advance();
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        demand = 0;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        advance();
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> listener) {
        endHandler = Optional.ofNullable(listener);
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> listener) {
        exceptionHandler = Optional.ofNullable(listener);
        return this;
    }
}
