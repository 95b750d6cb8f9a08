package org.facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.api.Test;

/** Whatever arrives gives a result, never an exception and never a pass. */
class ArcFuzzTest {
    private static final ArcVerifier VERIFIER = new ArcVerifier(
            name -> CompletableFuture.completedFuture(new DkimKeyAnswer.Unusable("no key")), Clock.systemUTC());

    @Property(tries = 1000)
    void anyFieldsGiveAResult(@ForAll("header") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ArcResult result = VERIFIER.begin(RawHeader.parse(bytes, 0, bytes.length))
                .finish(Map.of())
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(text.isEmpty() ? ArcStatus.NONE : ArcStatus.FAIL);
        assertThat(result.reason().isEmpty()).isEqualTo(text.isEmpty());
        assertThat(result.chain().highest()).isBetween(0, ArcChain.MOST_SETS);
    }

    @Property(tries = 1000)
    void anyTextIsAResultsField(@ForAll("results") String text) {
        RecordedResults found = RecordedResults.of(RawField.of("ARC-Authentication-Results: " + text + "\r\n"));
        assertThat(found.results()).allMatch(result -> !result.method().isEmpty());
    }

    @Test
    void manyFieldsAndDeepNestingAreNoTrouble() {
        String nested = "ARC-Authentication-Results: i=1; " + "(".repeat(300_000) + ";=".repeat(300_000) + "\r\n";
        assertThat(fault(nested + "ARC-Seal: i=1\r\n".repeat(9_000))).isEqualTo("more than 50 fields ARC-Seal");
        assertThat(fault(nested + "ARC-Seal: i=1\r\n".repeat(200_000))).isEqualTo("header is too long, not verified");
    }

    private static String fault(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return ArcChain.of(RawHeader.parse(bytes, 0, bytes.length)).fault();
    }

    @Provide
    static Arbitrary<String> header() {
        Arbitrary<String> name =
                Arbitraries.of("ARC-Seal: ", "ARC-Message-Signature: ", "ARC-Authentication-Results: ", "arc-seal:");
        Arbitrary<String> tag = Arbitraries.of(
                "i=1",
                "i=2",
                "i=51",
                "i=",
                "a=rsa-sha256",
                "a=rsa-sha1",
                "b=AAAA",
                "b=",
                "bh=AA==",
                "c=relaxed/simple",
                "c=/",
                "d=b",
                "d=.",
                "h=from",
                "h=:",
                "s=x",
                "t=1",
                "t=x",
                "x=1",
                "cv=none",
                "cv=pass",
                "cv=fail",
                "cv=",
                "l=9",
                "=",
                " ",
                "\r\n ",
                "é",
                "\u0000",
                "mx.example");
        Arbitrary<String> tags = tag.list().ofMaxSize(12).map(list -> String.join(";", list));
        return Combinators.combine(name, tags)
                .as((n, t) -> n + t + "\r\n")
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("", list));
    }

    @Provide
    static Arbitrary<String> results() {
        return Arbitraries.of(
                        "i=1", ";", "=", "(", ")", "\"", "\\", " ", "spf", "pass", "a@b", "header.d", "é", "\r\n\t")
                .list()
                .ofMaxSize(40)
                .map(list -> String.join("", list));
    }
}
