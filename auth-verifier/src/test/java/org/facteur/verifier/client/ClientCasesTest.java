package org.facteur.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.CaseFiles;
import org.facteur.verifier.ClientAddress;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code src/test/resources/client}.
 *
 * <pre>
 * name TYPE data                          a record of the zone; FAIL is no answer, TXT! none to that type
 * iprev client result [name]              a case
 * dnsbl client list result [code] [text]  a case; none where nobody may be asked
 * </pre>
 */
class ClientCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseFiles.tests("client", ClientCasesTest::cases);
    }

    private static List<DynamicTest> cases(String file, List<String> lines) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("iprev ")) {
                tests.add(DynamicTest.dynamicTest(line, () -> iprev(zone(lines), line)));
            } else if (line.startsWith("dnsbl ")) {
                tests.add(DynamicTest.dynamicTest(line, () -> dnsbl(zone(lines), line)));
            }
        }
        return tests;
    }

    private static void iprev(FakeDns dns, String line) {
        String[] parts = line.split(" ");
        IprevResult result = new Iprev(dns).check(address(parts[1])).result();
        assertThat(result.status().text() + " " + result.name())
                .isEqualTo(parts[2] + " " + (parts.length > 3 ? parts[3] : ""));
        assertThat(dns.asked()).hasSizeLessThanOrEqualTo(11);
    }

    private static void dnsbl(FakeDns dns, String line) {
        String[] parts = line.split(" ", 6);
        List<DnsblResult> results = new Dnsbl(dns, List.of(DnsblZone.parse(parts[2])))
                .check(address(parts[1]))
                .result();
        if (parts[3].equals("none")) {
            assertThat(results).isEmpty();
            assertThat(dns.asked()).isEmpty();
            return;
        }
        DnsblResult result = results.get(0);
        assertThat(result.status().text()).isEqualTo(parts[3]);
        assertThat(result.code()).isEqualTo(parts.length > 4 ? parts[4] : "");
        assertThat(result.text()).isEqualTo(parts.length > 5 ? parts[5] : "");
    }

    private static FakeDns zone(List<String> lines) {
        FakeDns dns = new FakeDns();
        lines.stream()
                .filter(line -> !line.startsWith("iprev ") && !line.startsWith("dnsbl "))
                .forEach(line -> CaseFiles.add(dns, line));
        return dns;
    }

    private static InetAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }
}
