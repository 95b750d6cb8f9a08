package org.facteur.platform.net;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** The meter of the certificate that a process shows to its clients. */
public final class CertificateMetrics {
    private static final String EXPIRY = "facteur_tls_certificate_expiry_seconds";

    private CertificateMetrics() {}

    /**
     * Tells how long the certificate in use is still valid, whichever was read last; negative when it has ended. Services that
     * share a process share the files: the first of them tells.
     */
    public static void register(MeterRegistry registry, TlsIdentity identity, Clock clock) {
        if (registry.find(EXPIRY).gauge() != null) {
            return;
        }
        Gauge.builder(EXPIRY, identity, any -> secondsLeft(identity, clock))
                .description("Time until the certificate in use ends; negative when it has ended")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static double secondsLeft(TlsIdentity identity, Clock clock) {
        return Duration.between(clock.instant(), identity.expiresAt()).toSeconds();
    }
}
