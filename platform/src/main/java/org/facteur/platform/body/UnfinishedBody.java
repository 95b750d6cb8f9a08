package org.facteur.platform.body;

import io.vertx.core.buffer.Buffer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.facteur.mail.record.BodyRef;

/** A file being written and the hash of what is in it. Every method blocks; one thread at a time. */
final class UnfinishedBody {
    private final Path path;
    private final FileChannel file;
    private final MessageDigest digest;
    private long size;

    private UnfinishedBody(Path path, OpenOption... options) throws IOException {
        this.path = path;
        file = FileChannel.open(path, options);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file in that directory, to be given its name at the end. */
    static UnfinishedBody named(Path directory) throws IOException {
        return new UnfinishedBody(Files.createTempFile(directory, "body", ""), StandardOpenOption.WRITE);
    }

    /** A file without a name, whose space is free when it is closed, or when the process ends however it ends. */
    static UnfinishedBody nameless(Path directory) throws IOException {
        return new UnfinishedBody(
                Files.createTempFile(directory, "body", ""),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE); // on POSIX systems it is unlinked here
    }

    void write(Buffer buffer) throws IOException {
        byte[] bytes = buffer.getBytes();
        digest.update(bytes);
        size += bytes.length;
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            file.write(source);
        }
    }

    /** Puts the octets on the disk and closes the file. */
    BodyRef complete() throws IOException {
        file.force(true);
        file.close();
        return ref();
    }

    /** The name of what was written; to be asked for once, at the end. */
    BodyRef ref() {
        return new BodyRef(HexFormat.of().formatHex(digest.digest()), size);
    }

    /** What was written, from the beginning; one such stream at a time. Closing it leaves the file open. */
    InputStream octets() throws IOException {
        file.position(0);
        return new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() {
                // the file is closed by whoever owns it
            }
        };
    }

    Path path() {
        return path;
    }

    void discard() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }
}
