package org.facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({"mail.example.org:25, mail.example.org, 25", "192.0.2.1:65535, 192.0.2.1, 65535"})
    void reads(String text, String host, int port) {
        assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    }

    @Test
    void takesTheBracketsOff() {
        assertThat(HostPort.parse("[2001:db8::1]:587")).isEqualTo(new HostPort("2001:db8::1", 587));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":25", "mail.example.org", "mail.example.org:", "mail:smtp", "mail:0", "mail:65536"})
    void refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
    }
}
