package org.facteur.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.ClientAddress;

/** Whatever an operator writes and a list answers. */
class ClientFuzzTest {
    @Property(tries = 1000)
    void zonesAreReadOrRefused(@ForAll String codes) {
        try {
            assertThat(DnsblZone.parse("list.example=" + codes).codes()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(codes).doesNotMatch("[0-9]");
        }
    }

    @Property(tries = 1000)
    void everyAnswerMeansSomething(@ForAll @Size(4) byte[] answer) throws UnknownHostException {
        Inet4Address address = (Inet4Address) InetAddress.getByAddress(answer);
        DnsblResult result = new Dnsbl(
                        new FakeDns().address("1.0.0.203.list.example", address.getHostAddress()),
                        List.of(DnsblZone.parse("list.example")))
                .check(ClientAddress.parse("203.0.0.1").orElseThrow())
                .result()
                .get(0);
        assertThat(result.status())
                .isEqualTo(
                        answer[0] == 127
                                        && !(answer[1] == -1 && answer[2] == -1)
                                        && !(answer[1] == 0 && answer[2] == 0 && answer[3] == 1)
                                ? DnsblResult.Status.FAIL
                                : DnsblResult.Status.TEMPERROR);
    }

    @Property(tries = 1000)
    void everyAddressKeepsItsText(@ForAll @Size(16) byte[] octets) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(octets);
        assertThat(ClientAddress.parse(ClientAddress.text(address))).isEqualTo(Optional.of(address));
    }

    @Property(tries = 1000)
    void anyTextIsAnAddressOrNone(@ForAll String text) {
        ClientAddress.parse(text).ifPresent(address -> assertThat(ClientAddress.parse(ClientAddress.text(address)))
                .contains(address));
    }
}
