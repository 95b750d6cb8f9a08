package org.facteur.verifier.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.CaseFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code src/test/resources/dmarc}.
 *
 * <pre>
 * name TYPE data                                          a record of the zone; FAIL fails temporarily
 * check author spf dkim => status requested policy-domain  a case; spf and dkim are domains that pass, comma-separated;
 *                                                         domain? could not be checked; - is none
 * record status requested text                            a case of a domain of its own with that record, nothing passes
 * </pre>
 */
class DmarcCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseFiles.tests("dmarc", DmarcCasesTest::cases);
    }

    private static List<DynamicTest> cases(String file, List<String> lines) {
        FakeDns dns = new FakeDns();
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            String name = file + ": " + line;
            if (line.startsWith("check ")) {
                tests.add(DynamicTest.dynamicTest(name, () -> check(dns, line)));
            } else if (line.startsWith("record ")) {
                String[] parts = line.split(" ", 4);
                String domain = "case" + tests.size() + ".example";
                dns.txt("_dmarc." + domain, parts[3].replace("\\xe9", "\u00e9"));
                String policyDomain = parts[1].equals("fail") ? domain : "-";
                tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> check(
                                dns, "check " + domain + " - - => " + parts[1] + " " + parts[2] + " " + policyDomain)));
            } else {
                CaseFiles.add(dns, line);
            }
        }
        return tests;
    }

    private static void check(FakeDns dns, String line) {
        String[] parts = line.split(" ");
        DmarcInput input = new DmarcInput(identifiers(parts[2]), identifiers(parts[3]));
        DmarcResult result = new Dmarc(dns).check(parts[1], input).result();
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
    void walksAskAtMostEightNames() {
        FakeDns dns = new FakeDns();
        new Dmarc(dns).check("a.b.c.d.e.f.g.h.i.j.k.example.com", new DmarcInput(List.of(), List.of()));
        assertThat(dns.asked().stream().distinct()).hasSize(8);
    }

    @Test
    void policiesAreAskedForBeforeTheOtherResultsAreThere() {
        FakeDns dns = new FakeDns().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcCheck check = new Dmarc(dns).begin("example.com");
        assertThat(dns.asked()).containsExactly("TXT _dmarc.example.com");
        check.finish(new DmarcInput(identifiers("example.com"), List.of()));
        assertThat(dns.asked()).containsExactly("TXT _dmarc.example.com");
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

    private static List<DmarcInput.Identifier> identifiers(String text) {
        return text.equals("-")
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(domain -> new DmarcInput.Identifier(domain.replace("?", ""), !domain.endsWith("?")))
                        .toList();
    }
}
