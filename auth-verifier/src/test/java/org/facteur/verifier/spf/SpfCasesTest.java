package org.facteur.verifier.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.verifier.CaseFiles;
import org.facteur.verifier.ClientAddress;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code src/test/resources/spf}.
 *
 * <pre>
 * name TYPE data                                       a record of the zone; types with ! fail temporarily, FAIL is all types
 * check client helo reverse-path result [explanation]  a case
 * record client result text                            a case of a domain of its own with that record
 * </pre>
 *
 * In all lines {@code \\xNN} is an octet and {@code <63*a>} a repetition.
 */
class SpfCasesTest {
    private static final Pattern OCTET = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern REPETITION = Pattern.compile("<(\\d+)\\*([^>]+)>");

    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseFiles.tests("spf", SpfCasesTest::cases);
    }

    private static List<DynamicTest> cases(String file, List<String> lines) {
        FakeDns dns = new FakeDns();
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            String name = file + ": " + line;
            if (line.startsWith("check ")) {
                tests.add(DynamicTest.dynamicTest(name, () -> check(dns, plain(line))));
            } else if (line.startsWith("record ")) {
                String[] parts = plain(line).split(" ", 4);
                String domain = "case" + tests.size() + ".example.com";
                dns.txt(domain, parts[3]);
                tests.add(DynamicTest.dynamicTest(
                        name, () -> check(dns, "check " + parts[1] + " h.example x@" + domain + " " + parts[2])));
            } else {
                CaseFiles.add(dns, plain(line));
            }
        }
        return tests;
    }

    private static String plain(String line) {
        String repeated = REPETITION
                .matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
        return OCTET.matcher(repeated)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static void check(FakeDns dns, String line) {
        String[] parts = line.split(" ", 6);
        String reversePath = parts[3].equals("<>") ? "" : parts[3];
        SpfQuery query = new SpfQuery(ClientAddress.parse(parts[1]).orElseThrow(), parts[2], reversePath);
        SpfResult result = new Spf(
                        dns, "mx.receiver.example", Clock.fixed(Instant.ofEpochSecond(1_234_567_890), ZoneOffset.UTC))
                .check(query)
                .result();
        assertThat(result.status().text()).as(result.reason()).isEqualTo(parts[4]);
        assertThat(result.explanation()).isEqualTo(parts.length > 5 ? parts[5] : "");
    }
}
