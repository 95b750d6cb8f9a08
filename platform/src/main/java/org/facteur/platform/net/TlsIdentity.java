package org.facteur.platform.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate chain and private key of our servers, from two PEM files (PKCS #8 key), TLS 1.2 and 1.3. New handshakes
 * use the files as they are: {@link #watch} looks at their times and reads them again when they have changed. A
 * change that cannot be read is logged and leaves the former pair in use.
 */
public final class TlsIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final Path certificate;
    private final Path key;
    private volatile SslContext context;
    private volatile Instant end;
    private volatile long seen;

    private TlsIdentity(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws IOException if a file cannot be read or does not hold what it should
     */
    public static TlsIdentity load(Path certificate, Path key) throws IOException {
        TlsIdentity identity = new TlsIdentity(certificate, key);
        identity.seen = identity.modified();
        identity.read();
        return identity;
    }

    /**
     * Reads the files again if they have changed. Blocks.
     *
     * @return whether there is a new pair
     */
    public boolean refresh() {
        try {
            long modified = modified();
            if (modified == seen) {
                return false;
            }
            seen = modified;
            read();
            LOG.info("read {} and {} again", certificate, key);
            return true;
        } catch (IOException e) {
            LOG.warn("the former certificate stays in use: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Looks for a change every so often, on a worker thread, until the verticle that asks is undeployed.
     *
     * @return the timer, for {@link Vertx#cancelTimer}
     */
    public long watch(Vertx vertx, Duration interval) {
        return vertx.setPeriodic(interval.toMillis(), any -> vertx.executeBlocking(this::refresh));
    }

    private long modified() throws IOException {
        return 31 * Files.getLastModifiedTime(certificate).toMillis()
                + Files.getLastModifiedTime(key).toMillis();
    }

    private void read() throws IOException {
        try {
            Instant expiry = expiryOf(certificate);
            context = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            end = expiry;
        } catch (IllegalArgumentException | CertificateException e) {
            throw new IOException("cannot use " + certificate + " with " + key + ": " + e.getMessage(), e);
        }
    }

    /** When the server's own certificate, the first of the chain, ends. */
    private static Instant expiryOf(Path certificate) throws IOException, CertificateException {
        try (InputStream chain = Files.newInputStream(certificate)) {
            X509Certificate own =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificates(chain).stream()
                            .findFirst()
                            .orElseThrow(() -> new CertificateException("no certificate"));
            return own.getNotAfter().toInstant();
        }
    }

    /** When the certificate that the next handshake uses ends. */
    public Instant expiresAt() {
        return end;
    }

    /** What the next handshake uses. */
    SslContext context() {
        return context;
    }
}
