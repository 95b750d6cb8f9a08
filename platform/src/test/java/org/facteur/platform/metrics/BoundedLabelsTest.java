package org.facteur.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.facteur.platform.ManualClock;
import org.junit.jupiter.api.Test;

/** Names that strangers choose, within bounds. */
class BoundedLabelsTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> dropped = new ArrayList<>();
    private final BoundedLabels labels = new BoundedLabels(2, clock, dropped::add);

    @Test
    void theRestIsOther() {
        assertThat(List.of(labels.of("a"), labels.of("b"), labels.of("c"), labels.of("a"), labels.of("")))
                .containsExactly("a", "b", "other", "a", "other");
        assertThat(dropped).isEmpty();
    }

    @Test
    void aNameThatIsUsedNoMoreMakesRoom() {
        labels.of("a");
        labels.of("b");
        clock.advance(Duration.ofMinutes(59));
        labels.of("a");
        assertThat(labels.of("c")).isEqualTo("other");
        clock.advance(Duration.ofMinutes(1));
        assertThat(labels.of("c")).isEqualTo("c");
        assertThat(dropped).containsExactly("b");
        assertThat(labels.of("b")).isEqualTo("other");
        assertThat(labels.of("a")).isEqualTo("a");
    }

    @Test
    void otherTakesNoPlace() {
        assertThat(List.of(labels.of("other"), labels.of("a"), labels.of("b"))).containsExactly("other", "a", "b");
    }
}
