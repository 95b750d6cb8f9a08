package org.facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    @TempDir
    Path spool;

    @ParameterizedTest
    @CsvSource({
        "s3://bodies,                                        bodies,  '',        '',                  '',         false",
        "s3://bodies/,                                       bodies,  '',        '',                  '',         false",
        "s3://bodies/a/b/,                                   bodies,  a/b/,      '',                  '',         false",
        "s3://bodies?region=eu-west-1,                       bodies,  '',        '',                  eu-west-1,  false",
        "s3://b.o.d/m?endpoint=http://objects:8333,          b.o.d,   m/,        http://objects:8333, us-east-1,  true",
        "s3://bod?endpoint=https://s3.garage&region=garage,  bod,     '',        https://s3.garage,   garage,     true",
        "s3://bod?path-style=false&endpoint=https://o:1,     bod,     '',        https://o:1,         us-east-1,  false",
    })
    void anAddressNamesABucket(
            String address, String bucket, String prefix, String endpoint, String region, boolean pathStyle) {
        S3Settings settings = S3Settings.from(Environment.of(Map.of()), address);
        assertThat(settings.bucket()).isEqualTo(bucket);
        assertThat(settings.prefix()).isEqualTo(prefix);
        assertThat(settings.endpoint().map(URI::toString).orElse("")).isEqualTo(endpoint);
        assertThat(settings.region()).isEqualTo(region.isEmpty() ? Optional.empty() : Optional.of(region));
        assertThat(settings.pathStyle()).isEqualTo(pathStyle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3:///prefix",
                "s3://UPPER",
                "s3://key:secret@bodies",
                "s3://bodies:8333",
                "s4://bodies",
                "s3://bodies?endpoint=objects:8333",
                "s3://bodies?endpoint=",
                "s3://bodies?path-style=yes",
                "s3://bodies?regoin=garage",
                "s3://bodies?region=a&region=b",
                "s3://bodies#part",
                "s3://bod ies"
            })
    void anythingElseIsNamedWithWhatIsAccepted(String address) {
        Environment environment = Environment.of(Map.of("FACTEUR_BODIES", address));
        assertThatThrownBy(() -> environment.get(CommonSettings.BODIES))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        "FACTEUR_BODIES=" + address + ": accepted is a directory, or s3://bucket/prefix")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aKeyAndItsSecretGoTogether() {
        Environment half = Environment.of(Map.of("FACTEUR_S3_KEY", "key"));
        assertThatThrownBy(() -> S3Settings.from(half, "s3://bodies"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("FACTEUR_S3_SECRET=:");
        S3Settings both = S3Settings.from(half.with(Map.of("FACTEUR_S3_SECRET", "hidden")), "s3://bodies");
        assertThat(both.key()).isEqualTo("key");
        assertThat(both.secret()).isEqualTo("hidden");
        assertThat(both.toString()).doesNotContain("hidden");
    }

    @Test
    void theSpoolIsADirectory() {
        Environment environment =
                Environment.of(Map.of("FACTEUR_S3_SPOOL", spool.resolve("none").toString()));
        assertThatThrownBy(() -> S3Settings.from(environment, "s3://bodies"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("FACTEUR_S3_SPOOL=");
    }
}
