package org.facteur.ingress;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;
import org.facteur.mail.record.Body;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.OctetSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the octets of one message as they come: in memory up to the inline limit, beyond it in the body store, with the
 * connection paused while the store is behind. The beginning, up to {@link #MOST_HEADER}, stays in memory either way: what the
 * header is refused for must not depend on where the body goes.
 * Whatever goes wrong is remembered and said at the end, since the client must be allowed to finish.
 */
public final class Intake implements OctetSink {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Octets of the beginning that are always kept: the longest header that is taken. */
    static final int MOST_HEADER = 256 * 1024;

    private static final int FIRST = 8 * 1024;
    private static final Reply NOT_NOW = Reply.of(451, "4.3.0", "the message cannot be stored now, try again later");

    private final Connection connection;
    private final BodyStore bodies;
    private final MemoryBudget memory;
    private final int inlineLimit;
    private final long mostOctets;
    private byte[] head = {};
    private int headLength;
    private long size;
    private BodyStore.BodyWriter writer;
    private Buffer early;
    private Future<?> opening = Future.succeededFuture();
    private Reply failure;

    /** An empty message. */
    Intake(Connection connection, BodyStore bodies, MemoryBudget memory, int inlineLimit, long mostOctets) {
        this.connection = connection;
        this.bodies = bodies;
        this.memory = memory;
        this.inlineLimit = inlineLimit;
        this.mostOctets = mostOctets;
    }

    @Override
    public void octets(byte[] bytes, int offset, int length) {
        size += length;
        if (failure != null || length == 0) {
            return;
        }
        if (size > mostOctets) {
            fail(Reply.of(552, "5.3.4", "message is larger than " + mostOctets + " octets")
                    .because(Reason.SIZE));
        } else if (early == null && writer == null && headLength + length <= inlineLimit) {
            keep(bytes, offset, length);
        } else {
            store(bytes, offset, length);
            keep(bytes, offset, Math.min(length, Math.max(0, MOST_HEADER - headLength)));
        }
    }

    /** What went wrong so far; empty while the message can still be taken. */
    public Optional<Reply> failure() {
        return Optional.ofNullable(failure);
    }

    /** The message's first octets: its header, and more. */
    byte[] head() {
        return head;
    }

    /** How many octets of {@link #head} count. */
    int headLength() {
        return headLength;
    }

    /** Octets so far. */
    long size() {
        return size;
    }

    /** The durable body, or the refusal that was remembered. */
    Future<Body> finish() {
        if (failure != null) {
            return discard().compose(done -> Future.failedFuture(new Refusal(failure)));
        }
        if (early == null && writer == null) {
            byte[] exact = head.length == headLength ? head : Arrays.copyOf(head, headLength);
            return Future.succeededFuture(new Body.Inline(exact));
        }
        return opening.compose(open -> failure == null
                        ? writer.finish().<Body>map(Body.Stored::new)
                        : Future.failedFuture(new Refusal(failure)))
                .recover(cause -> cause instanceof Refusal
                        ? Future.failedFuture(cause)
                        : Future.failedFuture(new Refusal(NOT_NOW)));
    }

    /** Throws away what was taken. */
    Future<Void> discard() {
        release();
        return opening.compose(open -> writer == null ? Future.succeededFuture() : writer.discard())
                .otherwiseEmpty();
    }

    /** Gives the memory back; the message itself may still be used by its owner. */
    void release() {
        memory.giveBack(head.length);
        head = new byte[0];
        headLength = 0;
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (headLength + length > head.length) {
            int wanted = Math.min(Math.max(inlineLimit, MOST_HEADER), Math.max(FIRST, 2 * (headLength + length)));
            if (!memory.take(wanted - head.length)) {
                fail(Reply.of(452, "4.3.1", "too much mail at once, try again later"));
                return;
            }
            head = Arrays.copyOf(head, wanted);
        }
        System.arraycopy(bytes, offset, head, headLength, length);
        headLength += length;
    }

    private void store(byte[] bytes, int offset, int length) {
        if (writer != null) {
            write(Buffer.buffer(length).appendBytes(bytes, offset, length));
        } else if (early != null) {
            early.appendBytes(bytes, offset, length);
        } else {
            early = Buffer.buffer(headLength + length)
                    .appendBytes(head, 0, headLength)
                    .appendBytes(bytes, offset, length);
            connection.pause();
            opening = bodies.create()
                    .onSuccess(opened -> {
                        writer = opened;
                        Buffer first = early;
                        early = null;
                        write(first);
                        // Resuming hands over what has arrived meanwhile: it belongs behind the first octets.
                        if (!writer.writeQueueFull()) {
                            connection.resume();
                        }
                    })
                    .onFailure(this::broken);
        }
    }

    private void write(Buffer buffer) {
        writer.write(buffer).onFailure(this::broken);
        if (writer.writeQueueFull()) {
            connection.pause();
            writer.drainHandler(drained -> connection.resume());
        }
    }

    /** The store is broken: nothing drains any more, so what still comes is read and thrown away. */
    private void broken(Throwable cause) {
        if (failure == null) {
            LOG.error("connection {}: the body store takes nothing: {}", connection.id(), cause.toString());
        }
        fail(NOT_NOW);
        connection.resume();
    }

    private void fail(Reply reply) {
        failure = failure == null ? reply : failure;
    }
}
