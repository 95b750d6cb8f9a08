package org.facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever arrives gives a result, never an exception. */
class DkimFuzzTest {
    private static final DkimVerifier VERIFIER = new DkimVerifier(
            name -> CompletableFuture.completedFuture(new DkimKeyAnswer.Unusable("no key")), Clock.systemUTC(), 10);

    @Property(tries = 1000)
    void anyBytesAreAMessage(@ForAll byte[] bytes) {
        assertThat(VERIFIER.verify(bytes, 0, bytes.length).toCompletableFuture().join())
                .isNotNull();
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        int at = 0;
        for (RawField field : header.fields()) {
            assertThat(field.start()).isEqualTo(at);
            at = field.end();
        }
        assertThat(header.bodyStart()).isBetween(at, bytes.length);
    }

    @Property(tries = 1000)
    void anySignatureFieldGivesOneResult(@ForAll("tags") String tags) {
        byte[] bytes = ("DKIM-Signature: " + tags + "\r\nFrom: a@b\r\n\r\nbody\r\n").getBytes(StandardCharsets.UTF_8);
        List<DkimResult> results =
                VERIFIER.verify(bytes, 0, bytes.length).toCompletableFuture().join();
        assertThat(results).hasSize(1);
        assertThat(results.get(0).passes()).isFalse();
    }

    @Property(tries = 1000)
    void anyKeyRecordGivesAnAnswer(@ForAll("tags") String tags) {
        assertThat(DkimKeyAnswer.of(List.of(tags))).isNotNull();
    }

    @Provide
    static Arbitrary<String> tags() {
        Arbitrary<String> piece = Arbitraries.of(
                "v=1",
                "v=DKIM1",
                "a=rsa-sha256",
                "b=AAAA",
                "bh=",
                "c=relaxed/simple",
                "d=b",
                "d=é",
                "h=from",
                "s=x",
                "l=9",
                "l=99999999999999999999",
                "x=1",
                "t=",
                "i=@b",
                "i=",
                "p=",
                "p=MAYCAQECAQM=",
                "k=rsa",
                "k=ed25519",
                "=",
                " ",
                "\t",
                "\r\n ",
                "q=dns/txt",
                "z",
                "é",
                "\u0000",
                "p=MII=",
                "t=y:s",
                "h=:",
                "c=/",
                "s=.");
        return piece.list().ofMaxSize(14).map(pieces -> String.join(";", pieces));
    }
}
