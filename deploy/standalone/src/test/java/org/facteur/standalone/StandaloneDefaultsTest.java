package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.facteur.admin.canary.CanarySettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.HostPort;
import org.junit.jupiter.api.Test;

class StandaloneDefaultsTest {
    private static CanarySettings canary(Map<String, String> variables) {
        return CanarySettings.from(StandaloneDefaults.apply(Environment.of(variables)));
    }

    @Test
    void theCanaryFindsTheServersBeside() {
        CanarySettings canary = canary(Map.of());
        assertThat(canary.submission()).isEqualTo(new HostPort("127.0.0.1", 2587));
        assertThat(canary.imap()).isEqualTo(new HostPort("127.0.0.1", 2143));
    }

    @Test
    void theCanaryFollowsTheListeners() {
        CanarySettings canary = canary(Map.of("FACTEUR_BIND", "::1", "FACTEUR_SUBMISSION_PORT", "587"));
        assertThat(canary.submission()).isEqualTo(new HostPort("::1", 587));
        assertThat(canary.imap()).isEqualTo(new HostPort("::1", 2143));
    }

    @Test
    void whatIsSetWins() {
        CanarySettings canary = canary(Map.of("FACTEUR_CANARY_IMAP", "mail.example.org:143"));
        assertThat(canary.imap()).isEqualTo(new HostPort("mail.example.org", 143));
    }
}
