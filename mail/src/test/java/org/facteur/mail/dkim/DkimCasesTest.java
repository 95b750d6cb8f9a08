package org.facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.facteur.mail.CaseFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of {@code src/test/resources/dkim}: {@code .msg} is the message (line ends become CRLF), each line of
 * {@code .dns} a name and its TXT record or SERVFAIL, each line of {@code .result} the result of one signature: status,
 * d= ({@code -} where the signature cannot be read), reason.
 */
class DkimCasesTest {
    private static final CaseFiles CASES = CaseFiles.of("dkim");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);

    static List<String> cases() {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheResults(String name) {
        byte[] message = CASES.message(name);
        DkimVerifier verifier = new DkimVerifier(CASES.keys(name), CLOCK, 10);
        List<DkimResult> results = verifier.verify(message, 0, message.length)
                .toCompletableFuture()
                .join();
        assertThat(results.stream().map(DkimCasesTest::line).collect(Collectors.joining()))
                .isEqualTo(CASES.result(name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameForEveryCutOfTheBody(String name) {
        byte[] message = CASES.message(name);
        DkimVerifier verifier = new DkimVerifier(CASES.keys(name), CLOCK, 10);
        RawHeader header = RawHeader.parse(message, 0, message.length);
        for (int step = 1; step < 9; step++) {
            DkimCheck check = verifier.begin(header);
            for (int at = header.bodyStart(); at < message.length; at += step) {
                check.body(message, at, Math.min(at + step, message.length));
            }
            List<DkimResult> results = check.finish().toCompletableFuture().join();
            assertThat(results.stream().map(DkimCasesTest::line).collect(Collectors.joining()))
                    .isEqualTo(CASES.result(name));
        }
    }

    private static String line(DkimResult result) {
        String domain = result.signature().map(DkimSignature::domain).orElse("-");
        return (result.status().text() + " " + domain + " " + result.reason()).strip() + "\n";
    }
}
