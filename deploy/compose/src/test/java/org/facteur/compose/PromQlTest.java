package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.facteur.compose.PromQl.Selector;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsTheMetricInsideOfFunctionsAndAggregations() {
        PromQl read =
                PromQl.read("histogram_quantile(0.95, sum by (le, stage) (rate(a_seconds_bucket{stage=\"x\"}[5m])))");
        assertThat(read.selectors()).containsExactly(new Selector("a_seconds_bucket", Set.of("stage")));
        assertThat(read.labels()).containsExactly("le", "stage");
    }

    @Test
    void findsEveryMetricOfABinaryExpression() {
        PromQl read =
                PromQl.read("a > 1e3 and on (job) b:c == bool 1 or vector(0) unless d offset 1h * group_left () e");
        assertThat(read.selectors()).extracting(Selector::metric).containsExactly("a", "b:c", "d", "e");
        assertThat(read.labels()).containsExactly("job");
    }

    @Test
    void takesNoWordOutOfAStringOrADuration() {
        PromQl read =
                PromQl.read("label_replace(up{job=~\"a|b{c}\", x!='y'}, \"name\", \"$1\", \"\", \"(.*)\")[1h:5m]");
        assertThat(read.selectors()).isEqualTo(List.of(new Selector("up", Set.of("job", "x"))));
    }

    @Test
    void seesAGroupingThatStandsBehind() {
        assertThat(PromQl.read("sum(a) by (b)"))
                .isEqualTo(new PromQl(List.of(new Selector("a", Set.of())), Set.of("b")));
    }
}
