package org.facteur.platform.body;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Instant;
import org.facteur.mail.record.BodyRef;

/**
 * Keeps bodies under the SHA-256 of their bytes: storing the same bytes twice keeps one copy. Two implementations: a
 * directory, and S3 for a cluster. All futures complete on the caller's Vert.x context; nothing blocks. Reading fails with
 * {@link java.nio.file.NoSuchFileException} where the store does not have the body and with {@link java.io.EOFException}
 * outside of it, which no repetition changes; any other failure may pass.
 */
public interface BodyStore {
    /**
     * Opens a body of unknown size for writing; bytes are hashed as they pass. {@link BodyWriter#finish()} makes it durable.
     */
    Future<BodyWriter> create();

    /** Reads a part of a body as a stream with back-pressure: {@code length} octets from {@code offset} on. */
    Future<ReadStream<Buffer>> read(BodyRef ref, long offset, long length);

    /** Reads a part of a body at once; for headers and small parts. */
    Future<Buffer> readFully(BodyRef ref, long offset, int length);

    /** Deletes a body; none there is no failure. */
    Future<Void> delete(BodyRef ref);

    /**
     * Deletes a body that was last stored before a moment, none there is no failure. One that somebody has stored again since
     * stays: for collectors, whose knowledge of who refers to it is older than that.
     */
    Future<Void> deleteOlder(BodyRef ref, Instant moment);

    /** Gives back what the store holds in this process; it is not used any more. */
    Future<Void> close();

    /** A body being written. */
    interface BodyWriter extends WriteStream<Buffer> {
        /** Makes the body durable under its name: after this, and only then, it survives a power cut. */
        Future<BodyRef> finish();

        /** Throws away what was written. */
        Future<Void> discard();
    }
}
