package org.facteur.mail.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    /** As version 0.1 wrote it before a verdict told its method. */
    @Test
    void aVerdictWithoutMethodIsRead() {
        String stored =
                "{\"id\":\"m1\",\"decision\":\"REJECT\",\"code\":550,\"enhanced\":\"5.7.26\",\"text\":\"forged\"}";
        assertThat(Json.read(stored.getBytes(UTF_8), Verdict.class))
                .isEqualTo(Verdict.reject("m1", "", 550, "5.7.26", "forged"));
    }

    @Test
    void whatIsWrittenIsRead() {
        Verdict verdict = Verdict.reject("m1", "spf", 550, "5.7.23", "not permitted");
        assertThat(Json.read(Json.bytes(verdict), Verdict.class)).isEqualTo(verdict);
        assertThat(new String(Json.bytes(verdict), UTF_8)).contains("\"method\":\"spf\"");
        assertThat(Json.read(Json.bytes(Verdict.accept("m2")), Verdict.class)).isEqualTo(Verdict.accept("m2"));
    }
}
