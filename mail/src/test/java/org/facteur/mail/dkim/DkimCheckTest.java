package org.facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Keys that come late or never. */
class DkimCheckTest {
    private static final String MESSAGE = """
            DKIM-Signature: v=1; a=rsa-sha256; d=known.example; s=s; h=from; bh=AAAA; b=AAAA\r
            DKIM-Signature: v=1; a=rsa-sha256; d=silent.example; s=s; h=from; bh=AAAA; b=AAAA\r
            From: a@example.org\r
            \r
            body\r
            """;

    private final CompletableFuture<DkimKeyAnswer> late = new CompletableFuture<>();

    @Test
    void whatIsKnownIsToldWhileAKeyIsSilent() {
        DkimCheck check = begin(late);
        assertThat(check.finish().toCompletableFuture()).isNotDone();
        assertThat(check.soFar())
                .extracting(DkimResult::status, DkimResult::reason)
                .containsExactly(
                        tuple(DkimResult.Status.PERMERROR, "no key"),
                        tuple(DkimResult.Status.TEMPERROR, "no answer in time"));
        assertThat(check.soFar().get(1).signature().orElseThrow().domain()).isEqualTo("silent.example");
    }

    @Test
    void lateKeyIsStillTaken() {
        DkimCheck check = begin(late);
        CompletableFuture<List<DkimResult>> results = check.finish().toCompletableFuture();
        late.complete(new DkimKeyAnswer.Unusable("came late"));
        assertThat(results).isCompleted();
        assertThat(results.join().get(1).reason()).isEqualTo("came late");
        assertThat(check.soFar()).isSameAs(results.join());
    }

    @Test
    void lookUpThatFailsIsATemporaryError() {
        DkimCheck check = begin(CompletableFuture.failedFuture(new IllegalStateException("broken")));
        assertThat(check.finish().toCompletableFuture().join().get(1).status()).isEqualTo(DkimResult.Status.TEMPERROR);
    }

    private static DkimCheck begin(CompletionStage<DkimKeyAnswer> silent) {
        byte[] bytes = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        DkimKeys keys = name -> name.contains("silent")
                ? silent
                : CompletableFuture.completedFuture(new DkimKeyAnswer.Unusable("no key"));
        DkimCheck check = new DkimVerifier(keys, Clock.systemUTC(), 10).begin(header);
        check.body(bytes, header.bodyStart(), bytes.length);
        return check;
    }
}
