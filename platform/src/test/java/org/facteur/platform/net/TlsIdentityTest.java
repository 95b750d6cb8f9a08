package org.facteur.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates from files, and of our own making. */
class TlsIdentityTest {

    @TempDir
    Path directory;

    @Test
    void selfSignedPairsAreMadeOnceAndNameTheirHosts() throws Exception {
        SelfSigned.at(directory, List.of("mx.example.org", "192.0.2.1"));
        Path file = directory.resolve("tls-cert.pem");
        byte[] first = Files.readAllBytes(file);
        SelfSigned.at(directory, List.of("other.example.org"));
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(file));
        assertThat(certificate.getSubjectAlternativeNames()).hasToString("[[2, mx.example.org], [7, 192.0.2.1]]");
        assertThat(Files.getPosixFilePermissions(directory.resolve("tls-key.pem")))
                .hasSize(2);
    }

    @Test
    void changedFilesAreReadAgainAndBrokenOnesAreNot() throws IOException {
        Path certificate = directory.resolve("tls-cert.pem");
        TlsIdentity identity = SelfSigned.at(directory, List.of("mx.example.org"));
        Object before = identity.context();
        assertThat(identity.refresh()).isFalse();

        Path other = directory.resolve("other");
        SelfSigned.at(other, List.of("mx.example.org"));
        for (String name : List.of("tls-cert.pem", "tls-key.pem")) {
            Files.copy(other.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(1_000_000));
        assertThat(identity.refresh()).isTrue();
        Object after = identity.context();
        assertThat(after).isNotSameAs(before);

        Instant end = identity.expiresAt();
        Files.writeString(certificate, "nothing");
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(2_000_000));
        assertThat(identity.refresh()).isFalse();
        assertThat(identity.context()).isSameAs(after);
        assertThat(identity.expiresAt()).isEqualTo(end);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TlsIdentity.load(certificate, directory.resolve("tls-key.pem")));
    }
}
