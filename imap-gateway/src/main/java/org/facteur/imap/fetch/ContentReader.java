package org.facteur.imap.fetch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import org.facteur.imap.store.Content;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.net.Connection;

/** Reads pieces of a message's octets, from memory or from the body store. */
final class ContentReader {
    private final BodyStore bodies;

    ContentReader(BodyStore bodies) {
        this.bodies = bodies;
    }

    /** A piece at once; for small ones. */
    Future<byte[]> read(Content content, Extent extent) {
        if (content instanceof Content.Held held) {
            return Future.succeededFuture(slice(held.octets(), extent.start(), extent.end()));
        }
        Content.Stored stored = (Content.Stored) content;
        int trace = stored.trace().length;
        byte[] first = slice(stored.trace(), extent.start(), Math.min(trace, extent.end()));
        int rest = (int) (extent.length() - first.length);
        if (rest == 0) {
            return Future.succeededFuture(first);
        }
        return bodies.readFully(stored.body(), Math.max(0, extent.start() - trace), rest)
                .map(bytes -> Buffer.buffer(first).appendBuffer(bytes).getBytes());
    }

    /** Sends a piece as it is read, no faster than the client takes it. */
    Future<Void> send(Content.Stored stored, Extent extent, Connection connection) {
        int trace = stored.trace().length;
        byte[] first = slice(stored.trace(), extent.start(), Math.min(trace, extent.end()));
        Future<Void> begun = first.length == 0 ? Future.succeededFuture() : connection.write(first);
        long rest = extent.length() - first.length;
        if (rest == 0) {
            return begun;
        }
        return begun.compose(ignored -> bodies.read(stored.body(), Math.max(0, extent.start() - trace), rest))
                .compose(stream -> pipe(stream, connection));
    }

    private static Future<Void> pipe(ReadStream<Buffer> stream, Connection connection) {
        Promise<Void> done = Promise.promise();
        stream.exceptionHandler(done::tryFail);
        stream.endHandler(ignored -> done.tryComplete());
        stream.handler(bytes -> {
            Future<Void> written = connection.write(bytes);
            if (!written.isComplete()) {
                stream.pause();
                written.onSuccess(ignored -> stream.resume()).onFailure(done::tryFail);
            } else if (written.failed()) {
                done.tryFail(written.cause());
            }
        });
        stream.resume();
        return done.future();
    }

    private static byte[] slice(byte[] octets, long from, long to) {
        int start = (int) Math.min(octets.length, from);
        return Arrays.copyOfRange(octets, start, (int) Math.max(start, Math.min(octets.length, to)));
    }
}
