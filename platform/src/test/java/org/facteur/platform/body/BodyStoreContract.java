package org.facteur.platform.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import org.facteur.mail.record.BodyRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link BodyStore} must do; a test class of each implementation extends it. */
public abstract class BodyStoreContract {
    /** For the store. */
    protected final Vertx vertx = Vertx.vertx();

    /** The store under test, empty. */
    protected abstract BodyStore store();

    @AfterEach
    void closeVertx() {
        await(vertx.close());
    }

    @Test
    void aBodyHasTheNameOfItsHashAndComesBackWhole() throws Exception {
        byte[] bytes = random(1_000_000);
        BodyRef ref = write(Buffer.buffer(bytes), 10_000);
        assertThat(ref.size()).isEqualTo(bytes.length);
        assertThat(ref.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(read(ref, 0, bytes.length).getBytes()).isEqualTo(bytes);
    }

    @Test
    void anEmptyBodyIsABody() {
        BodyRef ref = write(Buffer.buffer(), 1);
        assertThat(ref.size()).isZero();
        assertThat(read(ref, 0, 0).length()).isZero();
        assertThat(await(store().readFully(ref, 0, 0)).length()).isZero();
    }

    @Test
    void partsAreRead() {
        byte[] bytes = random(500_000);
        Buffer whole = Buffer.buffer(bytes);
        BodyRef ref = write(whole, 64 * 1024);
        assertThat(read(ref, 123_456, 300_000)).isEqualTo(whole.slice(123_456, 423_456));
        assertThat(await(store().readFully(ref, 499_990, 10))).isEqualTo(whole.slice(499_990, 500_000));
    }

    @Test
    void aPausedReaderGetsNothing() {
        byte[] bytes = random(600_000);
        BodyRef ref = write(Buffer.buffer(bytes), 600_000);
        Buffer got = Buffer.buffer();
        Promise<Void> end = Promise.promise();
        onContext(() -> store().read(ref, 0, bytes.length).map(stream -> {
            stream.pause();
            stream.endHandler(end::complete);
            stream.handler(chunk -> {
                got.appendBuffer(chunk);
                vertx.setTimer(1, timer -> stream.fetch(1));
            });
            stream.fetch(1);
            return null;
        }));
        await(end.future());
        assertThat(got.getBytes()).isEqualTo(bytes);
    }

    @Test
    void outsideOfTheBodyIsAFailure() {
        BodyRef ref = write(Buffer.buffer("0123456789"), 10);
        assertThatThrownBy(() -> read(ref, 5, 6)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> await(store().readFully(ref, 5, 6))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> await(store().readFully(ref, 20, 1))).isInstanceOf(EOFException.class);
    }

    @Test
    void whatIsNotThereIsAFailure() {
        BodyRef none = new BodyRef("0".repeat(64), 10);
        assertThatThrownBy(() -> read(none, 0, 10)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> read(none, 0, 0)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> await(store().readFully(none, 0, 10))).isInstanceOf(NoSuchFileException.class);
        await(store().delete(none));
    }

    @Test
    void theSameBodyByManyAtOnceIsOneBody() {
        Buffer body = Buffer.buffer(random(100_000));
        List<Future<BodyRef>> writes =
                IntStream.range(0, 8).mapToObj(i -> writing(body, 1_000)).toList();
        await(Future.all(writes));
        assertThat(writes.stream().map(Future::result).distinct()).hasSize(1);
        BodyRef ref = writes.get(0).result();
        assertThat(read(ref, 0, ref.size())).isEqualTo(body);
    }

    @Test
    void aDeletedBodyIsGone() {
        BodyRef ref = write(Buffer.buffer("gone soon"), 9);
        await(store().delete(ref));
        assertThatThrownBy(() -> await(store().readFully(ref, 0, 1))).isInstanceOf(Exception.class);
    }

    @Test
    void onlyABodyOfBeforeTheMomentIsDeleted() {
        BodyRef ref = write(Buffer.buffer("young"), 5);
        await(store().deleteOlder(ref, Instant.now().minusSeconds(3600)));
        assertThat(await(store().readFully(ref, 0, 5))).isEqualTo(Buffer.buffer("young"));
        await(store().deleteOlder(ref, Instant.now().plusSeconds(3600)));
        assertThatThrownBy(() -> await(store().readFully(ref, 0, 1))).isInstanceOf(Exception.class);
        await(store().deleteOlder(ref, Instant.now().plusSeconds(3600)));
    }

    @Test
    void aDiscardedBodyNeverWas() throws Exception {
        byte[] bytes = "discarded".getBytes(StandardCharsets.US_ASCII);
        onContext(() -> store().create()
                .compose(writer -> writer.write(Buffer.buffer(bytes)).compose(written -> writer.discard())));
        BodyRef ref = new BodyRef(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), bytes.length);
        assertThatThrownBy(() -> await(store().readFully(ref, 0, 1))).isInstanceOf(Exception.class);
    }

    /** Octets of which no two sizes agree. */
    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Stores a body, handed over in pieces. */
    protected final BodyRef write(Buffer body, int chunk) {
        return await(writing(body, chunk));
    }

    private Future<BodyRef> writing(Buffer body, int chunk) {
        Promise<BodyRef> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(nothing -> store().create()
                .compose(writer -> {
                    for (int from = 0; from < body.length(); from += chunk) {
                        writer.write(body.slice(from, Math.min(body.length(), from + chunk)));
                    }
                    return writer.finish();
                })
                .onComplete(done));
        return done.future();
    }

    private Buffer read(BodyRef ref, long offset, long length) {
        Promise<Buffer> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(nothing -> store().read(ref, offset, length)
                .compose(BodyStoreContract::collect)
                .onComplete(done));
        return await(done.future());
    }

    private static Future<Buffer> collect(ReadStream<Buffer> stream) {
        return stream.collect(Collector.of(Buffer::buffer, Buffer::appendBuffer, Buffer::appendBuffer));
    }

    /** What an action on an event loop comes to. */
    protected final <T> T onContext(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(nothing -> action.get().onComplete(done));
        return await(done.future());
    }

    /** What a future comes to; fails with its cause. */
    protected static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
