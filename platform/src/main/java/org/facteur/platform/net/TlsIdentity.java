package org.facteur.platform.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificate chain and private key of our servers, from two PEM files (PKCS #8 key), TLS 1.2 and 1.3. New handshakes
 * use the files as they are: {@link #refresh()}, called by a coarse timer, reads them again when they have changed. A
 * change that cannot be read is logged and leaves the former pair in use.
 */
public final class TlsIdentity {

    private final Path certificate;
    private final Path key;
    private volatile SslContext context;
    private volatile long stamp;

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
        identity.read(identity.modified());
        return identity;
    }

    /** Reads the files again if they have changed. Blocks. */
    public boolean refresh() {
        return lastFailure().isEmpty();
    }

    private Optional<IOException> lastFailure() {
        try {
            long modified = modified();
            if (modified != stamp) {
                read(modified);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private long modified() throws IOException {
        return 31 * java.nio.file.Files.getLastModifiedTime(certificate).toMillis()
                + java.nio.file.Files.getLastModifiedTime(key).toMillis();
    }

    private void read(long modified) throws IOException {
        try {
            context = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            stamp = modified;
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use " + certificate + " with " + key + ": " + e.getMessage(), e);
        }
    }

    /** What the next handshake uses. */
    SslContext context() {
        return context;
    }
}
