package org.facteur.platform.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Octets that a command has asked for: so many, or until its reader has seen their end. */
final class RawInput {

    private final RawReader reader;
    private final Promise<Void> done = Promise.promise();

    private RawInput(RawReader reader) {
        this.reader = reader;
    }

    static RawInput until(RawReader reader) {
        return new RawInput(reader);
    }

    static RawInput exactly(long length, OctetSink sink) {
        return new RawInput(new RawReader() {
            private long missing = length;

            @Override
            public int read(byte[] bytes, int offset, int available) {
                int taken = (int) Math.min(missing, available);
                missing -= taken;
                sink.octets(bytes, offset, taken);
                return missing > 0 ? MORE : available - taken;
            }
        });
    }

    /** Gives what waits to the reader and takes it off the backlog; true when the end was seen. */
    boolean feed(InputBacklog backlog) {
        int size = backlog.size();
        int left = reader.read(backlog.bytes(), backlog.offset(), size);
        backlog.consume(left == RawReader.MORE ? size : size - left);
        return left != RawReader.MORE;
    }

    void complete() {
        done.tryComplete();
    }

    void fail(Throwable cause) {
        done.tryFail(cause);
    }

    Future<Void> done() {
        return done.future();
    }
}
