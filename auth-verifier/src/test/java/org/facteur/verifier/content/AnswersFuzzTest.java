package org.facteur.verifier.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a scanner answers, there is a result or a failure that says why not. */
class AnswersFuzzTest {
    @Property(tries = 500)
    void anyOctetsOfRspamd(@ForAll byte[] octets) {
        ends(() -> new RspamdAnswer(200, Buffer.buffer(octets)).read());
    }

    @Property(tries = 1000)
    void almostAnswersOfRspamd(@ForAll("almostJson") String text) {
        ends(() -> new RspamdAnswer(200, Buffer.buffer(text)).read());
    }

    @Property(tries = 500)
    void anyWordsOfClamd(@ForAll("almostClamd") String text) {
        ends(() -> ClamdAnswer.read(text));
    }

    @Provide
    Arbitrary<String> almostJson() {
        Arbitrary<String> value = Arbitraries.of(
                "1",
                "-1e308",
                "1e999",
                "null",
                "true",
                "\"reject\"",
                "\"\"",
                "[]",
                "{}",
                "{\"score\": []}",
                "\"\\ud800\"");
        return value.list().ofSize(5).map(values -> """
                {"action": %s, "score": %s, "required_score": %s, "messages": {"smtp_message": %s},
                 "symbols": {"A": %s, "B": {"score": 2}}}""".formatted(values.toArray()));
    }

    @Provide
    Arbitrary<String> almostClamd() {
        return Arbitraries.of(
                        "stream: ", "OK", " FOUND", "Virus", " ERROR", "INSTREAM size limit exceeded", "\n", "\u0000")
                .list()
                .ofMaxSize(5)
                .map(words -> String.join("", words));
    }

    private static void ends(Supplier<ScanResult> reading) {
        try {
            assertThat(reading.get().finding()).isNotEqualTo(Finding.ERROR);
        } catch (Failure failure) {
            assertThat(failure.getMessage()).isNotBlank();
        }
    }
}
