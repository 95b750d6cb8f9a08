package org.facteur.verifier.content;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** The octets of one message, which can be read as often as they are asked for. */
public interface MessageOctets {
    /** How many there are. */
    long size();

    /**
     * Gives them to {@code taker} piece by piece; each piece waits until the one before it was taken. Fails, and stops, with
     * the first failure of the taker or of the store.
     */
    Future<Void> forEach(Function<Buffer, Future<Void>> taker);

    /** Octets in memory. */
    static MessageOctets of(byte[] bytes) {
        return new InMemory(bytes);
    }

    /**
     * Octets in a store.
     *
     * @param open begins to read them, from the first on
     */
    static MessageOctets of(long size, Supplier<Future<ReadStream<Buffer>>> open) {
        return new Stored(size, open);
    }

    /** The whole message in an array, which is never copied whole. */
    record InMemory(byte[] bytes) implements MessageOctets {
        private static final int PIECE = 64 * 1024;

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Future<Void> forEach(Function<Buffer, Future<Void>> taker) {
            return from(0, taker);
        }

        private Future<Void> from(int start, Function<Buffer, Future<Void>> taker) {
            if (start == bytes.length) {
                return Future.succeededFuture();
            }
            int end = Math.min(bytes.length, start + PIECE);
            return taker.apply(Buffer.buffer(end - start).appendBytes(bytes, start, end - start))
                    .compose(taken -> from(end, taker));
        }
    }

    /** A message in the body store. */
    record Stored(long size, Supplier<Future<ReadStream<Buffer>>> open) implements MessageOctets {
        @Override
        public Future<Void> forEach(Function<Buffer, Future<Void>> taker) {
            return open.get().compose(stream -> {
                Promise<Void> done = Promise.promise();
                stream.pause();
                stream.exceptionHandler(done::tryFail).endHandler(end -> done.tryComplete());
                stream.handler(piece -> taker.apply(piece).onComplete(taken -> stream.fetch(1), done::tryFail));
                stream.fetch(1);
                return done.future();
            });
        }
    }
}
