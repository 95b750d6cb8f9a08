package org.facteur.verifier.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.facteur.platform.dns.FakeDns;

/** Whatever a domain publishes and a client says gives a result. */
class SpfFuzzTest {
    @Property(tries = 2000)
    void anyRecordGivesAResult(@ForAll("terms") String terms, @ForAll("names") String sender) {
        FakeDns dns = new FakeDns().txt("example.com", "v=spf1 " + terms).address("a.example.com", "192.0.2.1");
        SpfQuery query = new SpfQuery(InetAddress.getLoopbackAddress(), "h", sender + "@example.com");
        assertThat(new Spf(dns, "r", Clock.systemUTC()).check(query).result().status())
                .isNotNull();
        assertThat(dns.asked()).hasSizeLessThan(120);
    }

    @Property(tries = 1000)
    void anyIdentityGivesAResult(@ForAll String helo, @ForAll String sender) {
        SpfQuery query = new SpfQuery(InetAddress.getLoopbackAddress(), helo, sender);
        assertThat(new Spf(new FakeDns(), "r", Clock.systemUTC())
                        .check(query)
                        .result()
                        .status())
                .isIn(SpfStatus.NONE);
    }

    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab.-+@é").ofMaxLength(8);
    }

    @Provide
    static Arbitrary<String> terms() {
        Arbitrary<String> piece = Arbitraries.of(
                " ",
                "-",
                "all",
                "a",
                "mx",
                "ptr",
                "ip4:",
                "ip6:",
                "include:",
                "exists:",
                "redirect=",
                "exp=",
                "example.com",
                "a.example.com",
                "192.0.2.1",
                "::1",
                "/24",
                "//64",
                "/",
                "%{",
                "}",
                "%{s}",
                "%{p}",
                "%{ir}",
                "%{d2r.-}",
                "%%",
                "%_",
                "é",
                "\u0000",
                ":",
                "=",
                "?",
                "x");
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }
}
