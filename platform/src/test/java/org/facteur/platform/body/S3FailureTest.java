package org.facteur.platform.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.config.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an object store that is away, silent or new does to those who need it. */
class S3FailureTest {
    private static final BodyRef SOME = new BodyRef("0".repeat(64), 10);
    private static final S3TimeLimits SHORT = new S3TimeLimits(
            Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(1), 100_000_000, Duration.ofMillis(500));

    @TempDir
    Path spool;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void nothingUnfinishedStaysBehind() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        try (var left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theBucketIsMade() throws Exception {
        try (ObjectStore server = ObjectStore.start()) {
            S3BodyStore store = new S3BodyStore(vertx, server.settings("bodies", spool));
            await().atMost(Duration.ofSeconds(30)).until(store::isFound);
            assertThat(server.keys("bodies")).isEmpty();
        }
    }

    @Test
    void aStoreThatIsAwayIsAFailureUntilItIsThere() throws Exception {
        int port = ObjectStore.freePort();
        S3BodyStore store = new S3BodyStore(vertx, ObjectStore.settings(port, "bodies", spool));
        assertPasses(store(store, 400_000));
        assertPasses(store.readFully(SOME, 0, 10));
        assertPasses(store.read(SOME, 0, 10));
        assertPasses(store.delete(SOME));
        assertThat(store.isFound()).isFalse();
        try (ObjectStore server = ObjectStore.start(port)) {
            await().atMost(Duration.ofSeconds(30)).until(store::isFound);
            BodyRef ref = store(store, 400_000).await(20, TimeUnit.SECONDS);
            assertThat(server.keys("bodies")).containsExactly(ref.sha256());
        }
    }

    @Test
    void aMissingBucketIsNoMissingBody() throws Exception {
        try (ObjectStore server = ObjectStore.start();
                S3Objects objects = objects(server.settings("nowhere", spool))) {
            assertThatThrownBy(() -> objects.slice(SOME, 0, 10))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aSilentStoreIsAFailureNotAHang() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            S3BodyStore store =
                    new S3BodyStore(vertx, ObjectStore.settings(silent.getLocalPort(), "bodies", spool), SHORT, 4);
            assertPasses(store.readFully(SOME, 0, 10));
            assertPasses(store(store, 400_000));
            assertPasses(store(store, 8_000_000)); // more than the sockets' buffers take
        }
    }

    @Test
    void whoWaitsBehindASilentStoreIsToldInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            S3BodyStore store =
                    new S3BodyStore(vertx, ObjectStore.settings(silent.getLocalPort(), "bodies", spool), SHORT, 1);
            List<Future<Buffer>> reads = IntStream.range(0, 50)
                    .mapToObj(i -> store.readFully(SOME, 0, 10))
                    .toList();
            long begin = System.nanoTime();
            Future.join(reads).otherwiseEmpty().await(20, TimeUnit.SECONDS);
            assertThat(reads).allMatch(Future::failed);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(reads.get(49).cause()).hasMessageContaining("behind");
        }
    }

    private S3Objects objects(S3Settings settings) {
        return new S3Objects(
                S3Clients.create(settings, S3TimeLimits.USUAL),
                settings.bucket(),
                settings.prefix(),
                S3TimeLimits.USUAL);
    }

    /** A failure that a stage tries again, and within the time that is allowed. */
    private static void assertPasses(Future<?> future) {
        assertThatThrownBy(() -> future.await(15, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .isNotInstanceOfAny(NoSuchFileException.class, EOFException.class);
    }

    private Future<BodyRef> store(BodyStore store, int size) {
        return store.create().compose(writer -> {
            writer.write(Buffer.buffer(new byte[size]));
            return writer.finish();
        });
    }
}
