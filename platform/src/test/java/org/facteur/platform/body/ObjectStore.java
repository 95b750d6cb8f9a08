package org.facteur.platform.body;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.S3Settings;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server in this process, its objects in memory. */
public final class ObjectStore implements AutoCloseable {
    private static final String KEY = "facteur";
    private static final String SECRET = "no-secret";

    private final BlobStoreContext objects =
            ContextBuilder.newBuilder("transient").overrides(new Properties()).buildView(BlobStoreContext.class);
    private final S3Proxy server;

    private ObjectStore(int port) throws Exception {
        BlobStore store = objects.getBlobStore();
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        server.start();
    }

    /** Starts an empty one on a port of the system's choice. */
    public static ObjectStore start() throws Exception {
        return new ObjectStore(0);
    }

    /** Starts an empty one on a port. */
    public static ObjectStore start(int port) throws Exception {
        return new ObjectStore(port);
    }

    /** A port that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    /** The settings that lead to a bucket of it. */
    public S3Settings settings(String bucketAndPrefix, Path spool) {
        return settings(server.getPort(), bucketAndPrefix, spool);
    }

    /** The settings that lead to a store on a port, whether there is one or not. */
    public static S3Settings settings(int port, String bucketAndPrefix, Path spool) {
        return S3Settings.from(
                Environment.of(Map.of(
                        "FACTEUR_S3_KEY", KEY, "FACTEUR_S3_SECRET", SECRET, "FACTEUR_S3_SPOOL", spool.toString())),
                "s3://" + bucketAndPrefix + "?endpoint=http://127.0.0.1:" + port);
    }

    /** The keys in a bucket. */
    public List<String> keys(String bucket) {
        try (S3Client client = client()) {
            return client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    /** Puts other octets under a key. */
    void spoil(String bucket, String key) {
        try (S3Client client = client()) {
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("spoilt"));
        }
    }

    /** Uploads in parts that nobody has completed. */
    int unfinishedUploads(String bucket) {
        try (S3Client client = client()) {
            return client.listMultipartUploads(request -> request.bucket(bucket))
                    .uploads()
                    .size();
        }
    }

    void makeBucket(String bucket) {
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    private S3Client client() {
        return S3Clients.create(settings("bucket", Path.of(System.getProperty("java.io.tmpdir"))), S3TimeLimits.USUAL);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        objects.close();
    }
}
