package org.facteur.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.dns.RecordType;
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
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/client"))) {
            return files.sorted().toList().stream().flatMap(ClientCasesTest::cases);
        }
    }

    private static Stream<DynamicTest> cases(Path file) {
        List<String> lines = lines(file);
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("iprev ")) {
                tests.add(DynamicTest.dynamicTest(line, () -> iprev(zone(lines), line)));
            } else if (line.startsWith("dnsbl ")) {
                tests.add(DynamicTest.dynamicTest(line, () -> dnsbl(zone(lines), line)));
            }
        }
        return tests.stream();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            if (line.isEmpty() || List.of("#", "iprev", "dnsbl").contains(parts[0])) {
                continue;
            }
            switch (parts[1]) {
                case "TXT" -> dns.txt(parts[0], parts[2]);
                case "A", "AAAA" -> dns.address(parts[0], parts[2]);
                case "PTR" -> dns.ptr(parts[0], parts[2]);
                case "CNAME" -> dns.cname(parts[0], parts[2]);
                case "FAIL" -> dns.fail(parts[0]);
                case "TXT!" -> dns.fail(RecordType.TXT, parts[0]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return dns;
    }

    private static InetAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }
}
