package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.dns.RecordType;
import org.junit.jupiter.api.Test;

class MxRouteTest {
    private static final String SELF = "mail.here.test";
    private final FakeDns dns = new FakeDns();

    @Test
    void byPreference() {
        dns.mx("a.test", 20, "mx2.a.test").mx("a.test", 5, "mx0.a.test").mx("a.test", 10, "mx1.a.test");
        assertThat(route("a.test")).isEqualTo(new MxRoute.Hosts(List.of("mx0.a.test", "mx1.a.test", "mx2.a.test")));
    }

    @Test
    void equalOnesInRandomOrder() {
        dns.mx("a.test", 10, "x.a.test").mx("a.test", 10, "y.a.test").mx("a.test", 20, "z.a.test");
        Random random = new Random(1);
        Set<MxRoute> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            seen.add(MxRoute.of("a.test", SELF, dns, random).result());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        new MxRoute.Hosts(List.of("x.a.test", "y.a.test", "z.a.test")),
                        new MxRoute.Hosts(List.of("y.a.test", "x.a.test", "z.a.test")));
    }

    @Test
    void theDomainItselfWithoutMx() {
        dns.address("a.test", "192.0.2.1");
        assertThat(route("a.test")).isEqualTo(new MxRoute.Hosts(List.of("a.test")));
    }

    @Test
    void nullMx() {
        dns.mx("a.test", 0, ".");
        assertThat(refusal("a.test")).isEqualTo("5.1.10");
    }

    @Test
    void noSuchDomain() {
        assertThat(refusal("none.test")).isEqualTo("5.1.2");
    }

    @Test
    void onlyHostsBeforeOurselves() {
        dns.mx("a.test", 10, "first.a.test")
                .mx("a.test", 20, "other.a.test")
                .mx("a.test", 20, SELF)
                .mx("a.test", 30, "last.a.test");
        assertThat(route("a.test")).isEqualTo(new MxRoute.Hosts(List.of("first.a.test")));
        assertThat(MxRoute.of("a.test", "MAIL.here.TEST", dns, new Random()).result())
                .isEqualTo(new MxRoute.Hosts(List.of("first.a.test")));
    }

    @Test
    void ourselvesFirstIsALoop() {
        dns.mx("a.test", 10, SELF).mx("a.test", 20, "other.a.test");
        assertThat(refusal("a.test")).isEqualTo("5.4.6");
    }

    @Test
    void dnsDoesNotAnswer() {
        dns.fail(RecordType.MX, "a.test");
        assertThat(route("a.test")).isInstanceOf(MxRoute.Unknown.class);
    }

    @Test
    void addressLiterals() {
        assertThat(route("[192.0.2.7]")).isEqualTo(new MxRoute.Hosts(List.of("192.0.2.7")));
        assertThat(route("[IPv6:2001:db8::7]")).isEqualTo(new MxRoute.Hosts(List.of("2001:db8::7")));
        assertThat(dns.asked()).isEmpty();
    }

    private MxRoute route(String domain) {
        return MxRoute.of(domain, SELF, dns, new Random(1)).result();
    }

    private String refusal(String domain) {
        return ((MxRoute.Refused) route(domain)).status();
    }
}
