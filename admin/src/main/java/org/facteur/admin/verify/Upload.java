package org.facteur.admin.verify;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import org.facteur.mail.record.Body;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.body.BodyStore.BodyWriter;

/**
 * A message that arrives as the body of a request: in memory up to the inline limit, beyond it in the body store, with the
 * sender paused while the store is behind. Whatever fails, the rest of the request is read and thrown away.
 */
public final class Upload {
    private final ReadStream<Buffer> source;
    private final BodyStore bodies;
    private final long inlineLimit;
    private final long mostOctets;
    private final Promise<Body> done = Promise.promise();
    private Buffer start = Buffer.buffer();
    private Optional<BodyWriter> writer = Optional.empty();
    private boolean opening;
    private boolean ended;
    private long size;

    private Upload(ReadStream<Buffer> source, BodyStore bodies, long inlineLimit, long mostOctets) {
        this.source = source;
        this.bodies = bodies;
        this.inlineLimit = inlineLimit;
        this.mostOctets = mostOctets;
    }

    /** There are more octets than are taken. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge(long mostOctets) {
            super("the message is larger than " + mostOctets + " octets", null, false, false);
        }
    }

    /** Takes all of a stream, which must not have begun to flow; fails with {@link TooLarge} beyond {@code mostOctets}. */
    public static Future<Body> take(ReadStream<Buffer> source, BodyStore bodies, long inlineLimit, long mostOctets) {
        Upload upload = new Upload(source, bodies, inlineLimit, mostOctets);
        source.exceptionHandler(upload::fail).endHandler(end -> upload.end()).handler(upload::octets);
        return upload.done.future();
    }

    private void octets(Buffer chunk) {
        size += chunk.length();
        if (done.future().isComplete()) {
            return;
        }
        if (size > mostOctets) {
            fail(new TooLarge(mostOctets));
        } else if (writer.isPresent()) {
            write(writer.get(), chunk);
        } else {
            start.appendBuffer(chunk);
            if (size > inlineLimit && !opening) {
                open();
            }
        }
    }

    private void open() {
        opening = true;
        source.pause();
        bodies.create().onFailure(this::fail).onSuccess(opened -> {
            writer = Optional.of(opened);
            Buffer first = start;
            start = Buffer.buffer();
            if (done.future().isComplete()) {
                opened.discard();
            } else {
                write(opened, first);
            }
            if (!opened.writeQueueFull()) {
                source.resume();
            }
            if (ended) {
                finish(opened);
            }
        });
    }

    private void write(BodyWriter to, Buffer chunk) {
        to.write(chunk).onFailure(this::fail);
        if (to.writeQueueFull()) {
            source.pause();
            to.drainHandler(drained -> source.resume());
        }
    }

    private void end() {
        ended = true;
        if (writer.isPresent()) {
            finish(writer.get());
        } else if (!opening) {
            done.tryComplete(new Body.Inline(start.getBytes()));
        }
    }

    private void finish(BodyWriter opened) {
        if (!done.future().isComplete()) {
            opened.finish().onFailure(this::fail).onSuccess(ref -> done.tryComplete(new Body.Stored(ref)));
        }
    }

    private void fail(Throwable cause) {
        if (done.tryFail(cause)) {
            writer.ifPresent(BodyWriter::discard);
            source.resume();
        }
    }
}
