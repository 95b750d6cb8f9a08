package org.facteur.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the certificate in use is valid. */
class CertificateMetricsTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theGaugeFollowsTheCertificateInUse() throws Exception {
        List<String> names = List.of("mx.example.org");
        TlsIdentity identity = SelfSigned.at(directory, names, Duration.ofDays(30));
        CertificateMetrics.register(registry, identity, Clock.systemUTC());
        assertThat(left()).isCloseTo(Duration.ofDays(30).toSeconds(), within(120.0));

        Path other = directory.resolve("other");
        SelfSigned.at(other, names, Duration.ofMinutes(-10));
        for (String name : List.of("tls-cert.pem", "tls-key.pem")) {
            Files.copy(other.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(directory.resolve("tls-cert.pem"), FileTime.fromMillis(1_000_000));
        assertThat(identity.refresh()).isTrue();
        assertThat(left()).isCloseTo(-600, within(120.0));
    }

    @Test
    void servicesOfOneProcessShareIt() throws Exception {
        CertificateMetrics.register(
                registry, SelfSigned.at(directory, List.of("a.example.org"), Duration.ofDays(30)), Clock.systemUTC());
        CertificateMetrics.register(registry, SelfSigned.at(directory, List.of("a.example.org")), Clock.systemUTC());
        assertThat(registry.getMeters()).hasSize(1);
    }

    private double left() {
        return registry.get("facteur_tls_certificate_expiry_seconds").gauge().value();
    }
}
