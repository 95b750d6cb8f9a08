package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.body.BodyStore;

/** A body store with one body that lies nowhere: a start and a piece that repeats. It remembers how it is read. */
final class GeneratedBodies implements BodyStore {
    private static final int CHUNK = 64 * 1024;

    private byte[] start = {};
    private byte[] piece = {};
    private int longestRead;
    private long octetsStreamed;

    /** The body of that start and so many pieces as make it {@code size} octets, the last one cut. */
    Body of(String start, String piece, long size) {
        this.start = start.getBytes(ISO_8859_1);
        this.piece = piece.getBytes(ISO_8859_1);
        return new Body.Stored(new BodyRef("0".repeat(64), size));
    }

    /** The largest number of octets that were asked for at once. */
    int longestRead() {
        return longestRead;
    }

    long octetsStreamed() {
        return octetsStreamed;
    }

    @Override
    public Future<Buffer> readFully(BodyRef ref, long offset, int length) {
        longestRead = Math.max(longestRead, length);
        return Future.succeededFuture(octets(offset, length));
    }

    @Override
    public Future<ReadStream<Buffer>> read(BodyRef ref, long offset, long length) {
        return Future.succeededFuture(new Octets(offset, offset + length));
    }

    private Buffer octets(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            long at = offset + i;
            bytes[i] = at < start.length ? start[(int) at] : piece[(int) ((at - start.length) % piece.length)];
        }
        return Buffer.buffer(bytes);
    }

    @Override
    public Future<BodyWriter> create() {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public Future<Void> delete(BodyRef ref) {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public Future<Void> deleteOlder(BodyRef ref, Instant moment) {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** Gives everything as soon as somebody listens, chunk by chunk. */
    private final class Octets implements ReadStream<Buffer> {
        private final long to;
        private long at;
        private Handler<Void> end = nothing -> {};

        Octets(long from, long to) {
            this.at = from;
            this.to = to;
        }

        @Override
        public ReadStream<Buffer> handler(Handler<Buffer> handler) {
            while (at < to) {
                int length = (int) Math.min(CHUNK, to - at);
                handler.handle(octets(at, length));
                at += length;
                octetsStreamed += length;
            }
            end.handle(null);
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(Handler<Void> handler) {
            end = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            return this;
        }
    }
}
