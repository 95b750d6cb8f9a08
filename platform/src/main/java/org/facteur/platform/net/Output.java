package org.facteur.platform.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * What leaves a connection: small writes gather in one buffer until {@link #flush()}, large ones pass uncopied behind
 * it.
 */
final class Output {

    private static final int GATHERED = 16 * 1024;
    private static final int LARGE = 2 * 1024;
    private static final Future<Void> DONE = Future.succeededFuture();

    private final NetSocket socket;
    private Optional<Buffer> gathered = Optional.empty();
    private Optional<Promise<Void>> drained = Optional.empty();

    Output(NetSocket socket, Runnable whenDrained) {
        this.socket = socket;
        socket.setWriteQueueMaxSize(64 * 1024);
        socket.drainHandler(any -> {
            Optional<Promise<Void>> waiting = drained;
            drained = Optional.empty();
            waiting.ifPresent(Promise::tryComplete);
            whenDrained.run();
        });
    }

    /** Whether the client has not taken what was sent. */
    boolean full() {
        return socket.writeQueueFull();
    }

    /** Whether something gathers. */
    boolean pending() {
        return gathered.isPresent();
    }

    Future<Void> write(byte[] bytes, int offset, int length) {
        if (length >= LARGE) {
            ByteBuf slice = Unpooled.wrappedBuffer(bytes, offset, length);
            return pass(BufferInternal.buffer(slice));
        }
        gather().appendBytes(bytes, offset, length);
        return after();
    }

    Future<Void> write(Buffer buffer) {
        if (buffer.length() >= LARGE) {
            return pass(buffer);
        }
        gather().appendBuffer(buffer);
        return after();
    }

    /** Hands everything to the socket. */
    void flush() {
        if (gathered.isPresent()) {
            Buffer buffer = gathered.get();
            gathered = Optional.empty();
            socket.write(buffer);
        }
    }

    /** Hands everything and these octets to the socket; complete when the system has taken them. */
    Future<Void> send(byte[] bytes) {
        Buffer buffer = gather().appendBytes(bytes);
        gathered = Optional.empty();
        return socket.write(buffer);
    }

    /** Fails whoever waits for the client. */
    void closed(Throwable cause) {
        gathered = Optional.empty();
        drained.ifPresent(waiting -> waiting.tryFail(cause));
        drained = Optional.empty();
    }

    private Future<Void> pass(Buffer buffer) {
        flush();
        socket.write(buffer);
        return after();
    }

    private Future<Void> after() {
        if (gathered.isPresent() && gathered.get().length() >= GATHERED) {
            flush();
        }
        if (!socket.writeQueueFull()) {
            return DONE;
        }
        if (drained.isEmpty()) {
            drained = Optional.of(Promise.promise());
        }
        return drained.get().future();
    }

    private Buffer gather() {
        if (gathered.isEmpty()) {
            gathered = Optional.of(Buffer.buffer(256));
        }
        return gathered.get();
    }
}
