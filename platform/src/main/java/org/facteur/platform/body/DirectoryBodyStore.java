package org.facteur.platform.body;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.facteur.mail.record.BodyRef;

/**
 * {@link BodyStore} in a directory: the body with SHA-256 {@code ab12…} is the file {@code ab/12/ab12…}. What is being written
 * lies under {@code tmp/} until it is complete, so a name never shows a part of a body, whatever happens. Several processes
 * may share the directory. A body that is stored again gets a new modification time, by which a collector of unreferenced
 * bodies sees that it is young.
 */
public final class DirectoryBodyStore implements BodyStore {
    private static final int CHUNK = 128 * 1024;

    private final Vertx vertx;
    private final Path root;
    private final Path unfinished;

    /** Makes the directory where it is missing; blocks; fails with UncheckedIOException where it cannot be written. */
    public DirectoryBodyStore(Vertx vertx, Path root) {
        this.vertx = vertx;
        this.root = root;
        unfinished = root.resolve("tmp");
        try {
            Files.createDirectories(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Future<BodyWriter> create() {
        return vertx.executeBlocking(() -> UnfinishedBody.named(unfinished), false)
                .map(body -> new FileBodyWriter(vertx, body, this::publish));
    }

    private Future<BodyRef> publish(UnfinishedBody body) {
        return vertx.executeBlocking(
                () -> {
                    BodyRef ref = body.complete();
                    move(body.path(), ref);
                    return ref;
                },
                false);
    }

    /** Moves a complete, synchronized file to its name and makes the name durable as well. */
    private void move(Path file, BodyRef ref) throws IOException {
        Path home = path(ref);
        Files.createDirectories(home.getParent());
        Files.move(file, home, StandardCopyOption.ATOMIC_MOVE);
        synchronizeDirectory(home.getParent());
        synchronizeDirectory(home.getParent().getParent());
        synchronizeDirectory(root);
    }

    @Override
    public Future<ReadStream<Buffer>> read(BodyRef ref, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > ref.size()) {
            return Future.failedFuture(new EOFException("no octets " + offset + "+" + length + " in " + ref.text()));
        }
        return vertx.executeBlocking(
                        () -> {
                            try (FileChannel file = FileChannel.open(path(ref))) {
                                return file.size();
                            }
                        },
                        false)
                .map(size -> new BodyStream(vertx, (from, most) -> readFully(ref, from, most), CHUNK, offset, length));
    }

    @Override
    public Future<Buffer> readFully(BodyRef ref, long offset, int length) {
        return vertx.executeBlocking(() -> slice(path(ref), offset, length), false);
    }

    @Override
    public Future<Void> delete(BodyRef ref) {
        return vertx.executeBlocking(
                () -> {
                    Files.deleteIfExists(path(ref));
                    return null;
                },
                false);
    }

    @Override
    public Future<Void> deleteOlder(BodyRef ref, Instant moment) {
        return vertx.executeBlocking(
                () -> {
                    Path path = path(ref);
                    try {
                        if (Files.getLastModifiedTime(path).toInstant().isBefore(moment)) {
                            Files.deleteIfExists(path);
                        }
                    } catch (NoSuchFileException e) {
                        return null; // that is what is wanted
                    }
                    return null;
                },
                false);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private Path path(BodyRef ref) {
        String name = ref.sha256();
        return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
    }

    /** Reads exactly that many octets; blocks. */
    private static Buffer slice(Path path, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer target = ByteBuffer.wrap(bytes);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (target.hasRemaining()) {
                if (file.read(target, offset + target.position()) < 0) {
                    throw new EOFException(path.getFileName() + " ends at " + file.size());
                }
            }
        }
        return Buffer.buffer(bytes);
    }

    private static void synchronizeDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
