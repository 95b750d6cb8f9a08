package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.service.StartFailure;
import org.junit.jupiter.api.Test;

/** What stops a start says so in one line; what was there before a stop is there after it. */
class StartIT {
    @Test
    void wrongSetting() {
        assertThatThrownBy(() -> Standalone.start(Environment.of(Map.of("FACTEUR_SMTP_PORT", "smtp"))))
                .isInstanceOf(SettingException.class)
                .hasMessage("FACTEUR_SMTP_PORT=smtp: accepted is a port, 0 to 65535");
    }

    @Test
    void unknownSetting() {
        assertThatThrownBy(() -> Standalone.start(Environment.of(Map.of("FACTEUR_SMPT_PORT", "25"))))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_SMPT_PORT=25")
                .hasMessageContaining("facteur config");
    }

    @Test
    void portInUseIsNamedAndDataSurvivesARestart() throws Exception {
        Path data = Files.createTempDirectory("facteur-start");
        try (DemoWorld dns = new DemoWorld();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Map<String, String> environment = World.environment(data, dns, 1, Map.of("FACTEUR_SMTP_PORT", port));
            assertThatThrownBy(() -> Standalone.start(Environment.of(environment)))
                    .satisfies(
                            cause -> assertThat(StartFailure.of(cause).status()).isEqualTo(3))
                    .satisfies(
                            cause -> assertThat(StartFailure.of(cause).line()).contains("port " + port));

            Environment good = Environment.of(World.environment(data, dns, 1, Map.of()));
            String token;
            try (Standalone first = Standalone.start(good)) {
                token = first.token();
                new org.facteur.admin.cli.ApiClient(
                                "http://127.0.0.1:" + first.ports().get("admin"), token)
                        .put("/api/domains/kept.test", Map.of());
                assertThatThrownBy(() -> Standalone.start(good))
                        .isInstanceOf(SettingException.class)
                        .hasMessageContaining("another Facteur runs there");
            }
            try (Standalone second = Standalone.start(good)) {
                assertThat(second.token()).isEqualTo(token);
                assertThat(new org.facteur.admin.cli.ApiClient(
                                        "http://127.0.0.1:" + second.ports().get("admin"), token)
                                .get("/api/domains/kept.test")
                                .path("domain")
                                .asText())
                        .isEqualTo("kept.test");
            }
        }
    }
}
