package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    @Test
    void whatSaysSoIsPermanentAtOnce() {
        assertThat(FailurePolicy.isPermanent(new PermanentFailure("never"), 1)).isTrue();
    }

    @Test
    void whatMayComeBackNeverIs() {
        assertThat(FailurePolicy.isPermanent(new IOException("down"), 1_000_000))
                .isFalse();
    }

    @Test
    void aMistakeInTheCodeIsGivenAFewChances() {
        assertThat(FailurePolicy.isPermanent(new NullPointerException(), FailurePolicy.ATTEMPTS - 1))
                .isFalse();
        assertThat(FailurePolicy.isPermanent(new NullPointerException(), FailurePolicy.ATTEMPTS))
                .isTrue();
    }
}
