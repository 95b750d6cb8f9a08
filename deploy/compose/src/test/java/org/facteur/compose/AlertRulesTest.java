package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facteur.compose.AlertRules.Alert;
import org.junit.jupiter.api.Test;

/** What every alert has; whether it is raised when it should is for promtool, see {@link PromtoolIT}. */
class AlertRulesTest {
    private static final Pattern ALERT = Pattern.compile("alertname=\"(\\w+)\"");

    private final AlertRules rules = AlertRules.read();

    @Test
    void everyAlertSaysWhatItMeansAndWhatToDo() {
        assertThat(rules.alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning", "none");
            assertThat(alert.annotation("summary")).as(alert.name()).hasSizeGreaterThan(10);
            assertThat(alert.annotation("description"))
                    .as(alert.name())
                    .hasSizeGreaterThan(40)
                    .endsWith(".");
        });
    }

    @Test
    void everyAlertLeadsToADashboard() {
        Set<String> dashboards = Dashboards.read().stream()
                .map(dashboard -> "/d/" + dashboard.uid())
                .collect(Collectors.toSet());
        assertThat(rules.alerts()).allSatisfy(alert -> assertThat(alert.annotation("dashboard"))
                .as(alert.name())
                .isIn(dashboards));
    }

    @Test
    void rulesNameOnlyMetricsAndLabelsThatExist() {
        MetricsTable table = MetricsTable.read();
        assertThat(rules.alerts()).allSatisfy(alert -> assertThat(table.faults(alert.expression()))
                .as(alert.name())
                .isEmpty());
        assertThat(rules.records()).isNotEmpty().allSatisfy(record -> assertThat(table.faults(record.expression()))
                .as(record.name())
                .isEmpty());
    }

    @Test
    void theReadmeListsTheAlertsThatThereAre() throws IOException {
        Set<String> listed = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| ([A-Z]\\w+) \\|")
                .matcher(Files.readString(Path.of("..", "prometheus", "README.md")));
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(listed).isEqualTo(names());
    }

    @Test
    void everyAlertIsSeenRaisedAndNotRaised() {
        Map<String, Integer> raised = new HashMap<>();
        Map<String, Integer> quiet = new HashMap<>();
        for (Path file : AlertRules.yaml("tests")) {
            for (JsonNode test : AlertRules.tree(file).path("tests")) {
                for (JsonNode expected : test.path("promql_expr_test")) {
                    Matcher alert = ALERT.matcher(expected.path("expr").asText());
                    assertThat(alert.find()).as(expected.toString()).isTrue();
                    (expected.path("exp_samples").isEmpty() ? quiet : raised).merge(alert.group(1), 1, Integer::sum);
                }
            }
        }
        assertThat(raised.keySet()).containsExactlyInAnyOrderElementsOf(names());
        Set<String> others = names();
        others.remove("Watchdog");
        assertThat(quiet.keySet()).containsExactlyInAnyOrderElementsOf(others);
    }

    private Set<String> names() {
        return rules.alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
