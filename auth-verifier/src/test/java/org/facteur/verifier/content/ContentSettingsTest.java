package org.facteur.verifier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSettingsTest {
    @Test
    void nobodyIsAskedUnlessNamed() {
        ContentSettings settings = ContentSettings.from(Environment.of(Map.of()));
        assertThat(settings.rspamd()).isEmpty();
        assertThat(settings.rspamdPassword()).isEmpty();
        assertThat(settings.clamd()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void serversAreRead() {
        ContentSettings settings = from("FACTEUR_RSPAMD", "http://[::1]:11333/");
        assertThat(settings.rspamd()).contains(URI.create("http://[::1]:11333/"));
        assertThat(from("FACTEUR_CLAMD", "clamav:3310").clamd())
                .contains(SocketAddress.inetSocketAddress(3310, "clamav"));
        assertThat(from("FACTEUR_CLAMD", "/run/clamav/clamd.ctl").clamd())
                .contains(SocketAddress.domainSocketAddress("/run/clamav/clamd.ctl"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:11333",
                "ftp://localhost",
                "http://",
                "http://a b",
                "http://user:x@localhost",
                "http://localhost/controller",
                "http://localhost?x",
                "/run/rspamd"
            })
    void otherUrlsAreRefused(String text) {
        assertThatThrownBy(() -> from("FACTEUR_RSPAMD", text))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("http://host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "localhost:0", "http://localhost"})
    void otherAddressesAreRefused(String text) {
        assertThatThrownBy(() -> from("FACTEUR_CLAMD", text)).isInstanceOf(SettingException.class);
    }

    private static ContentSettings from(String name, String text) {
        return ContentSettings.from(Environment.of(Map.of(name, text)));
    }
}
