package org.facteur.admin.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.HostPort;
import org.facteur.platform.config.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanarySettingsTest {
    private static CanarySettings read(Map<String, String> variables) {
        return CanarySettings.from(Environment.of(variables));
    }

    @Test
    void thereIsNoCanaryUnlessAskedFor() {
        assertThat(read(Map.of()))
                .isEqualTo(new CanarySettings(
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        new HostPort("smtp-ingress", 587),
                        new HostPort("imap-gateway", 143)));
    }

    @Test
    void theAddressIsNormalized() {
        assertThat(read(Map.of("FACTEUR_CANARY", "Canary@Example.ORG")).address())
                .contains("canary@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "canary@", "*@example.org", "canary+1@example.org", "canary@[192.0.2.1]"})
    void anAddressThatNoAccountHasIsRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("FACTEUR_CANARY", text)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("FACTEUR_CANARY=" + text + ": accepted is an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999ms", "often"})
    void anIntervalBelowASecondIsRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("FACTEUR_CANARY_EVERY", text)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("at least 1s");
    }
}
