package org.facteur.verifier.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check tells of itself. */
class SpfTraceTest {
    @Test
    void everyTermIsToldUpToTheOneThatMatches() throws UnknownHostException {
        FakeDns dns = new FakeDns()
                .txt("example.org", "v=spf1 mx include:spf.example.net ~exists:%{ir}.example.org -all")
                .mx("example.org", 10, "mx.example.org")
                .address("mx.example.org", "192.0.2.9")
                .txt("spf.example.net", "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/32");
        assertThat(told(dns, "198.51.100.7"))
                .containsExactly(
                        "the SPF record of example.org",
                        "example.org: mx",
                        "example.org: mx does not match",
                        "example.org: include:spf.example.net",
                        "the SPF record of spf.example.net",
                        "spf.example.net: ip4:192.0.2.0/28 does not match",
                        "spf.example.net: ip6:2001:db8::/32 does not match",
                        "spf.example.net: no term matches, which is neutral",
                        "example.org: include:spf.example.net does not match",
                        "example.org: ~exists:%{ir}.example.org",
                        "example.org: ~exists:%{ir}.example.org does not match",
                        "example.org: -all matches: fail");
    }

    @Test
    void aRedirectIsTold() throws UnknownHostException {
        FakeDns dns = new FakeDns()
                .txt("example.org", "v=spf1 redirect=_spf.%{d}")
                .txt("_spf.example.org", "v=spf1 a:host.example.org/24//64");
        dns.address("host.example.org", "198.51.100.200");
        assertThat(told(dns, "198.51.100.7"))
                .containsExactly(
                        "the SPF record of example.org",
                        "example.org: no term matches, redirect=_spf.%{d}",
                        "the SPF record of _spf.example.org",
                        "_spf.example.org: a:host.example.org/24//64",
                        "_spf.example.org: a:host.example.org/24//64 matches: pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "-all",
                "?a",
                "a/24",
                "a//64",
                "~mx:example.org/24//64",
                "ptr:example.org",
                "ip4:192.0.2.1",
                "ip4:192.0.2.0/8",
                "ip6:2001:db8::1",
                "ip6:2001:db8::/20",
                "exists:%{i}.example.org"
            })
    void aTermIsWrittenAsItWasRead(String term) throws SpfException {
        assertThat(SpfRecord.parse("v=spf1 " + term).mechanisms()).hasToString("[" + term + "]");
    }

    private static List<String> told(FakeDns dns, String client) throws UnknownHostException {
        List<String> told = new ArrayList<>();
        Spf spf = new Spf(dns, "mx.example.com", Clock.systemUTC(), line -> told.add(line.get()));
        assertThat(spf.check(new SpfQuery(InetAddress.getByName(client), "helo.test", "a@example.org"))
                        .isComplete())
                .isTrue();
        return told;
    }
}
