package org.facteur.verifier.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code src/test/resources/dmarc/cases.dmarc}; the form of the lines stands there. */
class DmarcCasesTest {
    private static final Path FILE = Path.of("src/test/resources/dmarc/cases.dmarc");

    static List<String> cases() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("check "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheResult(String line) throws IOException {
        String[] parts = line.split(" ");
        DmarcInput input = new DmarcInput(identifiers(parts[2]), identifiers(parts[3]));
        DmarcResult result = new Dmarc(zone()).check(parts[1], input).result();
        String policyDomain = result.policyDomain().isEmpty() ? "-" : result.policyDomain();
        assertThat(result.status().text() + " " + result.requested().text() + " " + policyDomain)
                .isEqualTo(parts[5] + " " + parts[6] + " " + parts[7]);
    }

    /** RFC 9989 section 4.10 gives this example. */
    @Test
    void walkSkipsLabelsOfLongNames() {
        assertThat(TreeWalk.names("a.b.c.d.e.f.g.h.i.j.mail.example.com"))
                .containsExactly(
                        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
                        "g.h.i.j.mail.example.com",
                        "h.i.j.mail.example.com",
                        "i.j.mail.example.com",
                        "j.mail.example.com",
                        "mail.example.com",
                        "example.com",
                        "com");
        assertThat(TreeWalk.names("example.com")).containsExactly("example.com", "com");
    }

    @Test
    void exactPassIsToldThoughThePolicyIsUnknown() {
        DmarcInput input = new DmarcInput(List.of(new DmarcInput.Identifier("x.example", true)), List.of());
        DmarcResult result = new Dmarc(new FakeDns().fail("_dmarc.x.example"))
                .check("x.example", input)
                .result();
        assertThat(result.status()).isEqualTo(DmarcResult.Status.TEMPERROR);
        assertThat(result.spfAligned()).isTrue();
        assertThat(result.dkimAligned()).isFalse();
    }

    private static FakeDns zone() throws IOException {
        FakeDns dns = new FakeDns();
        for (String line : Files.readAllLines(FILE)) {
            String[] parts = line.split(" ", 3);
            if (line.isEmpty() || parts[0].equals("#") || parts[0].equals("check")) {
                continue;
            }
            switch (parts[1]) {
                case "TXT" -> dns.txt(parts[0], parts[2]);
                case "A" -> dns.address(parts[0], parts[2]);
                case "FAIL" -> dns.fail(parts[0]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return dns;
    }

    private static List<DmarcInput.Identifier> identifiers(String text) {
        return text.equals("-")
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(domain -> new DmarcInput.Identifier(domain.replace("?", ""), !domain.endsWith("?")))
                        .toList();
    }
}
