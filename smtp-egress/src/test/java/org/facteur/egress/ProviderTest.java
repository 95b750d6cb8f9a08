package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {
    @ParameterizedTest
    @CsvSource({
        "aspmx.l.google.com, google.com",
        "MX1.Example.ORG., example.org",
        "example.org, example.org",
        "mx.mail.example.co.uk, example.co.uk",
        "mx.example.com.au, example.com.au",
        "mx.example.de, example.de",
        "co.uk, co.uk",
        "localhost, localhost",
        "192.0.2.1, ''",
        "2001:db8::1, ''",
        "[192.0.2.1], ''",
    })
    void isTheOrganizationalPart(String host, String provider) {
        assertThat(Provider.of(host)).isEqualTo(provider);
    }
}
