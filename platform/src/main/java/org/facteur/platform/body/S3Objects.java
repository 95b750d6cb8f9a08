package org.facteur.platform.body;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.facteur.mail.record.BodyRef;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of one bucket whose keys are a prefix and the SHA-256 of a body. Every method blocks, and fails with
 * NoSuchFileException where there is no such object, with EOFException outside of it, with IOException for the rest.
 */
final class S3Objects implements AutoCloseable {
    private static final String TYPE = "application/octet-stream";
    private static final Duration DELETION = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int OUT_OF_RANGE = 416;

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final S3TimeLimits limits;

    S3Objects(S3Client client, String bucket, String prefix, S3TimeLimits limits) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.limits = limits;
    }

    /** Makes the bucket where it is missing; fails when the store cannot be asked or refuses. */
    void makeBucket() throws IOException {
        if (!ask("show bucket " + bucket, this::hasBucket)) {
            ask("make bucket " + bucket, this::createBucket);
        }
    }

    private boolean hasBucket() {
        try {
            client.headBucket(request -> request.bucket(bucket));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private boolean createBucket() {
        try {
            client.createBucket(request -> request.bucket(bucket));
            return true;
        } catch (BucketAlreadyOwnedByYouException e) {
            return false; // another service was quicker
        }
    }

    /** Puts a body under its name, whole or not at all; one that is there gets a new modification time. */
    void put(BodyRef ref, UnfinishedBody body) throws IOException {
        RequestBody octets = RequestBody.fromContentProvider(
                () -> {
                    try {
                        return body.octets();
                    } catch (IOException e) {
                        throw NonRetryableException.create("the body cannot be read: " + e.getMessage(), e);
                    }
                },
                ref.size(),
                TYPE);
        ask(
                "put " + key(ref),
                () -> client.putObject(
                        request -> request.bucket(bucket)
                                .key(key(ref))
                                .overrideConfiguration(call -> call.apiCallTimeout(limits.ofPut(ref.size()))),
                        octets));
    }

    /** Reads exactly that many octets. */
    byte[] slice(BodyRef ref, long offset, int length) throws IOException {
        if (length == 0) { // a range of HTTP has one octet at least
            modified(ref);
            return new byte[0];
        }
        byte[] bytes = new byte[length];
        int read = ask(
                "get " + key(ref),
                () -> client.getObject(
                        request -> request.bucket(bucket)
                                .key(key(ref))
                                .range("bytes=" + offset + "-" + (offset + length - 1)),
                        (response, octets) -> fill(bytes, octets)));
        if (read < length) {
            throw new EOFException(ref.text() + " ends at " + (offset + read));
        }
        return bytes;
    }

    private static int fill(byte[] bytes, AbortableInputStream octets) {
        try {
            int read = octets.readNBytes(bytes, 0, bytes.length);
            if (octets.read() >= 0) {
                octets.abort();
                throw NonRetryableException.create("more came than the range that was asked for", null);
            }
            return read;
        } catch (IOException e) {
            throw RetryableException.create("the answer broke off: " + e.getMessage(), e);
        }
    }

    void delete(BodyRef ref) throws IOException {
        ask(
                "delete " + key(ref),
                () -> client.deleteObject(request -> request.bucket(bucket).key(key(ref))));
    }

    /**
     * Deletes a body that was last put before a moment. S3 deletes on no condition that a second put of the same octets would
     * break, so it is asked first and told then: what is put between the two, within {@link #DELETION}, goes with it.
     */
    void deleteOlder(BodyRef ref, Instant moment) throws IOException {
        try {
            if (modified(ref).isBefore(moment)) {
                ask(
                        "delete " + key(ref),
                        () -> client.deleteObject(request -> request.bucket(bucket)
                                .key(key(ref))
                                .overrideConfiguration(call -> call.apiCallTimeout(DELETION))));
            }
        } catch (NoSuchFileException e) {
            return; // that is what is wanted
        }
    }

    private Instant modified(BodyRef ref) throws IOException {
        return ask(
                        "show " + key(ref),
                        () -> client.headObject(
                                request -> request.bucket(bucket).key(key(ref))))
                .lastModified();
    }

    private String key(BodyRef ref) {
        return prefix + ref.sha256();
    }

    private static <T> T ask(String what, Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (S3Exception e) {
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            if (e.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(code)) {
                throw new NoSuchFileException(what);
            }
            if (e.statusCode() == OUT_OF_RANGE) {
                throw new EOFException(what + ": it is shorter");
            }
            throw new IOException("the object store does not " + what + ": " + e.getMessage(), e);
        } catch (SdkException e) {
            throw new IOException("the object store does not " + what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
