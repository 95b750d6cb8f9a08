package org.facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of {@code src/test/resources/dkim}: {@code .msg} is the message (line ends become CRLF), each line of
 * {@code .dns} a name and its TXT record or SERVFAIL, each line of {@code .result} the result of one signature: status,
 * d= ({@code -} where the signature cannot be read), reason.
 */
class DkimCasesTest {
    private static final Path CASES = Path.of("src/test/resources/dkim");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);

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
    void givesTheResults(String name) {
        byte[] message = read(name, ".msg").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        DkimVerifier verifier = new DkimVerifier(keys(read(name, ".dns")), CLOCK, 10);
        List<DkimResult> results = verifier.verify(message, 0, message.length)
                .toCompletableFuture()
                .join();
        assertThat(results.stream().map(DkimCasesTest::line).collect(Collectors.joining()))
                .isEqualTo(read(name, ".result"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameForEveryCutOfTheBody(String name) {
        byte[] message = read(name, ".msg").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        DkimVerifier verifier = new DkimVerifier(keys(read(name, ".dns")), CLOCK, 10);
        RawHeader header = RawHeader.parse(message, 0, message.length);
        for (int step = 1; step < 9; step++) {
            DkimCheck check = verifier.begin(header);
            for (int at = header.bodyStart(); at < message.length; at += step) {
                check.body(message, at, Math.min(at + step, message.length));
            }
            List<DkimResult> results = check.finish().toCompletableFuture().join();
            assertThat(results.stream().map(DkimCasesTest::line).collect(Collectors.joining()))
                    .isEqualTo(read(name, ".result"));
        }
    }

    private static String line(DkimResult result) {
        String domain = result.signature().map(DkimSignature::domain).orElse("-");
        return (result.status().text() + " " + domain + " " + result.reason()).strip() + "\n";
    }

    private static DkimKeys keys(String dns) {
        return name ->
                found(dns.lines().filter(line -> line.startsWith(name + " ")).toList());
    }

    private static CompletionStage<DkimKeyAnswer> found(List<String> lines) {
        List<String> txt = new ArrayList<>();
        for (String line : lines) {
            txt.add(line.substring(line.indexOf(' ') + 1));
        }
        return CompletableFuture.completedFuture(
                txt.contains("SERVFAIL") ? new DkimKeyAnswer.Unavailable("SERVFAIL") : DkimKeyAnswer.of(txt));
    }

    private static String read(String name, String extension) {
        try {
            return Files.readString(CASES.resolve(name + extension));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
