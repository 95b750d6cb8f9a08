package org.facteur.platform.body;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.config.S3Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link BodyStore} in a bucket of S3 or of a store that speaks its protocol: the body with SHA-256 {@code ab12…} is the object
 * {@code prefix/ab12…}. Its name is known at its end, so what is being written lies in a local file without a name and is put in
 * one request, which S3 makes visible whole or not at all. A body that is stored again is put again: its modification time is
 * by what a collector of unreferenced bodies sees that it is young.
 *
 * <p>Requests run on {@value #WORKERS} threads of their own, with limits of time, so a slow store holds back nobody but those
 * who need it. The bucket is looked for, and made where it is missing, from the start until that has succeeded once.
 */
public final class S3BodyStore implements BodyStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3BodyStore.class);
    private static final int WORKERS = 32;
    private static final int CHUNK = 512 * 1024;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5000;

    private final Vertx vertx;
    private final S3Settings settings;
    private final S3TimeLimits limits;
    private final S3Objects objects;
    private final WorkerExecutor workers;
    private volatile boolean found;
    private volatile boolean closed;

    /** Begins to look for the bucket; fails with SdkClientException where neither the settings nor the machine know a region. */
    public S3BodyStore(Vertx vertx, S3Settings settings) {
        this(vertx, settings, S3TimeLimits.USUAL, WORKERS);
    }

    S3BodyStore(Vertx vertx, S3Settings settings, S3TimeLimits limits, int threads) {
        this.vertx = vertx;
        this.settings = settings;
        this.limits = limits;
        objects = new S3Objects(S3Clients.create(settings, limits), settings.bucket(), settings.prefix(), limits);
        workers = vertx.createSharedWorkerExecutor(
                "object-store-" + Integer.toHexString(System.identityHashCode(this)), threads, 5, TimeUnit.MINUTES);
        find(FIRST_PAUSE_MILLIS);
    }

    private void find(long pauseMillis) {
        call(() -> {
                    objects.makeBucket();
                    return null;
                })
                .onSuccess(there -> {
                    found = true;
                    LOG.info("bodies are in {}", settings.place());
                })
                .onFailure(cause -> {
                    if (pauseMillis == FIRST_PAUSE_MILLIS) {
                        LOG.warn("no bodies in {} yet: {}", settings.place(), cause.getMessage());
                    }
                    if (!closed) {
                        vertx.setTimer(pauseMillis, timer -> find(Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)));
                    }
                });
    }

    /** Whether the bucket was there once. */
    public boolean isFound() {
        return found;
    }

    @Override
    public Future<BodyWriter> create() {
        return vertx.executeBlocking(() -> UnfinishedBody.nameless(settings.spool()), false)
                .map(body -> new FileBodyWriter(vertx, body, this::publish));
    }

    private Future<BodyRef> publish(UnfinishedBody body) {
        return call(() -> {
            BodyRef ref = body.ref();
            objects.put(ref, body);
            body.discard();
            return ref;
        });
    }

    @Override
    public Future<ReadStream<Buffer>> read(BodyRef ref, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > ref.size()) {
            return Future.failedFuture(new EOFException("no octets " + offset + "+" + length + " in " + ref.text()));
        }
        return readFully(ref, offset, (int) Math.min(CHUNK, length))
                .map(first -> new BodyStream(vertx, (from, most) -> readFully(ref, from, most), CHUNK, offset, length)
                        .beginningWith(first));
    }

    @Override
    public Future<Buffer> readFully(BodyRef ref, long offset, int length) {
        return call(() -> Buffer.buffer(objects.slice(ref, offset, length)));
    }

    @Override
    public Future<Void> delete(BodyRef ref) {
        return call(() -> {
            objects.delete(ref);
            return null;
        });
    }

    @Override
    public Future<Void> deleteOlder(BodyRef ref, Instant moment) {
        return call(() -> {
            objects.deleteOlder(ref, moment);
            return null;
        });
    }

    private <T> Future<T> call(Callable<T> request) {
        long asked = System.nanoTime();
        return workers.executeBlocking(
                () -> {
                    Duration waited = Duration.ofNanos(System.nanoTime() - asked);
                    if (waited.compareTo(limits.queue()) > 0) {
                        throw new IOException(
                                "the object store is behind: nothing was free for " + waited.toMillis() + " ms");
                    }
                    return request.call();
                },
                false);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return workers.close().onComplete(done -> objects.close());
    }
}
