package org.facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.facteur.mail.CaseFiles;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of {@code src/test/resources/arc}: {@code .msg} is the message (line ends become CRLF), sealed by dkimpy; each line
 * of {@code .dns} a name and its TXT record or SERVFAIL; {@code .result} the status, oldest-pass, {@code temporary} where DNS
 * trouble alone made it fail, and the reason.
 */
class ArcCasesTest {
    private static final CaseFiles CASES = CaseFiles.of("arc");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-03-01T00:00:00Z"), ZoneOffset.UTC);

    static List<String> cases() {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheResult(String name) {
        byte[] message = CASES.message(name);
        assertThat(line(validate(message, CASES.keys(name)))).isEqualTo(CASES.result(name));
    }

    private static ArcResult validate(byte[] message, DkimKeys keys) {
        RawHeader header = RawHeader.parse(message, 0, message.length);
        ArcCheck check = new ArcVerifier(keys, CLOCK).begin(header);
        BodyHasher hasher = new BodyHasher(check.forms());
        hasher.update(message, header.bodyStart(), message.length);
        return check.finish(hasher.finish()).toCompletableFuture().join();
    }

    private static String line(ArcResult result) {
        String words = result.status().text() + " " + result.oldestPass() + (result.temporary() ? " temporary" : "");
        return (words + " " + result.reason()).strip() + "\n";
    }
}
