package org.facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimKeyAnswer;
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
    private static final Path CASES = Path.of("src/test/resources/arc");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-03-01T00:00:00Z"), ZoneOffset.UTC);

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".msg"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheResult(String name) {
        byte[] message = read(name, ".msg").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(line(validate(message, keys(read(name, ".dns"))))).isEqualTo(read(name, ".result"));
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

    private static DkimKeys keys(String dns) {
        return name -> {
            List<String> txt = dns.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
            return CompletableFuture.completedFuture(
                    txt.contains("SERVFAIL") ? new DkimKeyAnswer.Unavailable("SERVFAIL") : DkimKeyAnswer.of(txt));
        };
    }

    private static String read(String name, String extension) {
        try {
            return Files.readString(CASES.resolve(name + extension));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
