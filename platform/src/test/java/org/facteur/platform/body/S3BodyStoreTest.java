package org.facteur.platform.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.mail.record.BodyRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BodyStoreTest extends BodyStoreContract {
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static ObjectStore server;

    @TempDir
    Path spool;

    private final String bucket = "bodies-" + BUCKETS.incrementAndGet();
    private S3BodyStore store;

    @BeforeAll
    static void startServer() throws Exception {
        server = ObjectStore.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        server.makeBucket(bucket);
        store = new S3BodyStore(vertx, server.settings(bucket + "/mail/", spool));
    }

    @Override
    protected BodyStore store() {
        return store;
    }

    @AfterEach
    void nothingUnfinishedStaysBehind() throws IOException {
        await(store.close());
        try (var left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
        assertThat(server.keys(bucket)).allMatch(key -> key.matches("mail/[0-9a-f]{64}"));
        assertThat(server.unfinishedUploads(bucket)).isZero();
    }

    @Test
    void theKeyIsThePrefixAndTheHash() {
        BodyRef ref = write(Buffer.buffer("octets"), 2);
        assertThat(server.keys(bucket)).containsExactly("mail/" + ref.sha256());
    }

    @Test
    void aBodyOfManyChunksComesBackWhole() {
        byte[] bytes = random(5_000_001);
        BodyRef ref = write(Buffer.buffer(bytes), 100_000);
        assertThat(await(store.readFully(ref, 0, bytes.length)).getBytes()).isEqualTo(bytes);
    }

    @Test
    void aBodyThatIsThereIsPutAgain() {
        BodyRef ref = write(Buffer.buffer("octets"), 6);
        server.spoil(bucket, "mail/" + ref.sha256());
        assertThat(await(store.readFully(ref, 0, 6))).isEqualTo(Buffer.buffer("spoilt"));
        write(Buffer.buffer("octets"), 6);
        assertThat(await(store.readFully(ref, 0, 6))).isEqualTo(Buffer.buffer("octets"));
    }

    @Test
    void aPausedReaderHasOneChunkAtMost() {
        BodyRef ref = write(Buffer.buffer(random(2_000_000)), 100_000);
        AtomicInteger got = new AtomicInteger();
        Promise<Void> end = Promise.promise();
        onContext(() -> store.read(ref, 0, ref.size()).compose(stream -> {
            stream.pause();
            stream.exceptionHandler(end::fail);
            stream.endHandler(end::complete);
            stream.handler(chunk -> got.addAndGet(chunk.length()));
            return store.delete(ref).onSuccess(gone -> stream.resume());
        }));
        assertThatThrownBy(() -> await(end.future())).isInstanceOf(NoSuchFileException.class);
        assertThat(got.get()).isLessThanOrEqualTo(512 * 1024);
    }

    @Test
    void whatWasWrittenBeforeACrashHasNoName() throws IOException {
        BodyStore.BodyWriter writer = onContext(() -> store.create()
                .compose(opened -> opened.write(Buffer.buffer(random(300_000))).map(opened)));
        try (var files = Files.list(spool)) {
            assertThat(files).isEmpty();
        }
        onContext(writer::discard);
    }
}
