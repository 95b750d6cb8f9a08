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
    private static final FakeDns DNS = new FakeDns()
            .ptr("192.0.2.1", "mail.example.com")
            .address("mail.example.com", "192.0.2.1")
            .ptr("192.0.2.2", "other.example.com", "mail2.example.com")
            .address("mail2.example.com", "192.0.2.2", "192.0.2.9")
            .ptr("192.0.2.3", "liar.example.com")
            .address("liar.example.com", "192.0.2.99")
            .ptr("192.0.2.5", "broken.example.com")
            .fail("broken.example.com")
            .fail("6.2.0.192.in-addr.arpa")
            .ptr("2001:db8::1", "six.example.com")
            .address("six.example.com", "2001:db8::1")
            .address("2.0.0.203.list.example", "127.0.0.2")
            .address("3.0.0.203.list.example", "127.0.0.10")
            .txt("2.0.0.203.list.example", "see https://list.example/203.0.0.2")
            .address("4.0.0.203.list.example", "127.255.255.254")
            .address("5.0.0.203.list.example", "192.0.2.1")
            .fail("6.0.0.203.list.example")
            .address("1.0.0.127.list.example", "127.0.0.2");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,pass,mail.example.com",
        "192.0.2.2,pass,mail2.example.com",
        "192.0.2.3,fail,liar.example.com",
        "192.0.2.4,permerror,''",
        "192.0.2.5,temperror,''",
        "192.0.2.6,temperror,''",
        "2001:db8::1,pass,six.example.com",
        "2001:db8::2,permerror,''",
    })
    void reverseDns(String client, String status, String name) {
        IprevResult result = new Iprev(DNS).check(address(client)).result();
        assertThat(result.status().text()).isEqualTo(status);
        assertThat(result.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.0.1,list.example,pass,''",
        "203.0.0.2,list.example,fail,127.0.0.2",
        "203.0.0.3,list.example=2-9,pass,''",
        "203.0.0.3,list.example=2;10-11,fail,127.0.0.10",
        "203.0.0.4,list.example,pass,''",
        "203.0.0.5,list.example,pass,''",
        "203.0.0.6,list.example,temperror,''",
    })
    void blocklists(String client, String zone, String status, String code) {
        DnsblResult result = new Dnsbl(DNS, List.of(DnsblZone.parse(zone)))
                .check(address(client))
                .result()
                .get(0);
        assertThat(result.status().text()).isEqualTo(status);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void textOfTheListIsTold() {
        assertThat(new Dnsbl(DNS, List.of(DnsblZone.parse("list.example")))
                        .check(address("203.0.0.2"))
                        .result()
                        .get(0)
                        .text())
                .isEqualTo("see https://list.example/203.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "100.64.0.1", "::1", "fe80::1", "fd00::1"})
    void privateAddressesAreNeverAskedFor(String client) {
        FakeDns dns = new FakeDns();
        assertThat(new Dnsbl(dns, List.of(DnsblZone.parse("list.example")))
                        .check(address(client))
                        .result())
                .isEmpty();
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void listsOfIpv6AreAskedByNibbles() {
        FakeDns dns = new FakeDns();
        new Dnsbl(dns, List.of(DnsblZone.parse("list.example"))).check(address("2a00::1"));
        assertThat(dns.asked().get(0)).isEqualTo("A 1." + "0.".repeat(29) + "a.2.list.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "list", "list.example=", "list.example=x", "list.example=300", "a..b", "li st.example"})
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
