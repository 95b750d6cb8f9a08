package org.facteur.verifier.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.ClientAddress;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code src/test/resources/spf}: lines {@code name TYPE data} make the zone (FAIL: no answer), lines
 * {@code check client helo reverse-path result [explanation]} are the cases.
 */
class SpfCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/spf"))) {
            return files.sorted().toList().stream().flatMap(SpfCasesTest::cases);
        }
    }

    private static Stream<DynamicTest> cases(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            FakeDns dns = new FakeDns();
            lines.stream().filter(line -> line.matches("[^# ]+ [A-Z]+( .*)?")).forEach(line -> add(dns, line));
            return lines.stream()
                    .filter(line -> line.startsWith("check "))
                    .map(line -> DynamicTest.dynamicTest(file.getFileName() + ": " + line, () -> check(dns, line)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(FakeDns dns, String line) {
        String[] parts = line.split(" ", 3);
        switch (parts[1]) {
            case "TXT" -> dns.txt(parts[0], parts[2]);
            case "A", "AAAA" -> dns.address(parts[0], parts[2]);
            case "PTR" -> dns.ptr(parts[0], parts[2]);
            case "MX" -> dns.mx(parts[0], Integer.parseInt(parts[2].split(" ")[0]), parts[2].split(" ")[1]);
            case "FAIL" -> dns.fail(parts[0]);
            default -> throw new IllegalArgumentException(line);
        }
    }

    private static void check(FakeDns dns, String line) {
        String[] parts = line.split(" ", 6);
        String reversePath = parts[3].equals("<>") ? "" : parts[3];
        SpfQuery query = new SpfQuery(ClientAddress.parse(parts[1]).orElseThrow(), parts[2], reversePath);
        SpfResult result = new Spf(dns, "mx.receiver.example", Clock.systemUTC())
                .check(query)
                .result();
        assertThat(result.status().text()).as(result.reason()).isEqualTo(parts[4]);
        assertThat(result.explanation()).isEqualTo(parts.length > 5 ? parts[5] : "");
    }
}
