package org.facteur.platform.body;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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

    UnfinishedBody(Path path) throws IOException {
        this.path = path;
        file = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        return new BodyRef(HexFormat.of().formatHex(digest.digest()), size);
    }

    Path path() {
        return path;
    }

    void discard() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }
}
