package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.facteur.compose.Dashboards.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every panel against a Prometheus that watches a running system: {@code -Dfacteur.prometheus=http://127.0.0.1:9090/}. */
@EnabledIfSystemProperty(
        named = "facteur.prometheus",
        matches = "http.*",
        disabledReason = "no running Prometheus is named by -Dfacteur.prometheus")
class RunningDashboardsIT {
    @Test
    void everyExpressionReturnsSomething() {
        List<Answer> answers = Dashboards.check(URI.create(System.getProperty("facteur.prometheus")));
        assertThat(answers).hasSizeGreaterThan(100);
        List<String> bad = answers.stream()
                .filter(answer -> !answer.good())
                .map(Answer::toString)
                .toList();
        assertThat(bad)
                .as("%d of %d expressions show nothing", bad.size(), answers.size())
                .isEmpty();
    }
}
