package org.facteur.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void takesWhatThereIs() {
        assertThat(Choice.of("", Optional::empty).containers()).isTrue();
        assertThat(Choice.of("", () -> Optional.of("no engine"))).isEqualTo(new Choice(false, "no engine"));
    }

    @Test
    void embeddedIsTakenWithoutAskingAnybody() {
        var choice = Choice.of("embedded", () -> {
            throw new AssertionError("asked");
        });
        assertThat(choice.containers()).isFalse();
    }

    @Test
    void containersThatAreDemandedAndNotToBeHadAreAFailure() {
        assertThat(Choice.of("containers", Optional::empty).containers()).isTrue();
        assertThatThrownBy(() -> Choice.of("containers", () -> Optional.of("no engine")))
                .hasMessage("FACTEUR_TEST_BACKENDS=containers: no engine");
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> Choice.of("docker", Optional::empty))
                .hasMessage("FACTEUR_TEST_BACKENDS=docker: accepted is embedded or containers");
    }
}
