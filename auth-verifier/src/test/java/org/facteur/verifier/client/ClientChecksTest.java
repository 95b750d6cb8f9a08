package org.facteur.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.ClientAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientChecksTest {
    @Test
    void listsOfIpv6AreAskedByNibbles() {
        FakeDns dns = new FakeDns();
        new Dnsbl(dns, List.of(DnsblZone.parse("list.example"))).check(address("2a00::1"));
        assertThat(dns.asked().get(0)).isEqualTo("A 1." + "0.".repeat(29) + "a.2.list.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "list",
                "list.example=",
                "list.example=x",
                "list.example=300",
                "list.example=&0",
                "list.example=&",
                "a..b",
                "li st.example"
            })
    void zonesAreChecked(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsblZone.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "::1,::1",
        "::,::",
        "1:0:0:0:0:0:0:0,1::",
        "1:0:1:0:1:0:1:0,1:0:1:0:1:0:1:0",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "::ffff:192.0.2.1,192.0.2.1",
    })
    void addressesAreWrittenCanonically(String text, String canonical) {
        assertThat(ClientAddress.text(address(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "1.2.3", "1.2.3.999", "fe80::1%eth0", "1::2::3", "12345"})
    void othersAreNoAddresses(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }

    private static InetAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }
}
