package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every dashboard has, without Grafana or Prometheus; what its expressions return is {@link RunningDashboardsIT}. */
class DashboardsTest {
    private static final Set<String> BUILT_IN_PANELS =
            Set.of("row", "stat", "timeseries", "bargauge", "table", "state-timeline");
    private static final MetricsTable TABLE = MetricsTable.read();

    static List<Dashboard> dashboards() {
        return Dashboards.read();
    }

    @Test
    void thereAreFiveAndNoTwoShareAUidOrATitle() {
        assertThat(dashboards())
                .extracting(Dashboard::title)
                .containsExactlyInAnyOrder("Mail flow", "Authentication", "Outbound", "Mailboxes and IMAP", "Platform");
        assertThat(dashboards())
                .extracting(Dashboard::uid)
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("facteur-[a-z-]{3,32}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void isOfAModelThatGrafanaElevenReads(Dashboard dashboard) {
        assertThat(dashboard.document().path("schemaVersion").asInt()).isBetween(36, 40);
        assertThat(dashboard.document().path("tags"))
                .anyMatch(tag -> tag.asText().equals("facteur"));
        assertThat(dashboard.document().path("links")).isNotEmpty();
        assertThat(dashboard.cells())
                .allSatisfy(cell -> assertThat(cell.path("type").asText()).isIn(BUILT_IN_PANELS));
        assertThat(dashboard.cells())
                .extracting(cell -> cell.path("id").asInt())
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItMeansAndWhatToDo(Dashboard dashboard) {
        assertThat(dashboard.panels()).hasSizeGreaterThan(10);
        dashboard.panels().forEach(panel -> {
            String title = panel.path("title").asText();
            String description = panel.path("description").asText();
            assertThat(title).isNotBlank();
            assertThat(description).as(title).endsWith(".");
            assertThat(description.split("[.:;] ")).as(title).hasSizeGreaterThan(1);
            assertThat(description.split("\\s+")).as(title).hasSizeGreaterThan(11);
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyTargetAsksTheProvisionedPrometheus(Dashboard dashboard) {
        dashboard.panels().forEach(panel -> {
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("prometheus");
            assertThat(panel.path("targets"))
                    .as(panel.path("title").asText())
                    .isNotEmpty()
                    .allSatisfy(target -> {
                        assertThat(target.path("expr").asText()).isNotBlank();
                        assertThat(target.path("datasource").path("uid").asText())
                                .isEqualTo("prometheus");
                        assertThat(target.path("datasource").path("type").asText())
                                .isEqualTo("prometheus");
                    });
            assertThat(panel.path("targets"))
                    .extracting(target -> target.path("refId").asText())
                    .doesNotHaveDuplicates();
        });
        JsonNode source = AlertRules.tree(Path.of("..", "grafana", "provisioning", "datasources", "prometheus.yml"))
                .path("datasources")
                .path(0);
        assertThat(source.path("uid").asText()).isEqualTo("prometheus");
        assertThat(source.path("type").asText()).isEqualTo("prometheus");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void expressionsNameOnlyMetricsAndLabelsThatExist(Dashboard dashboard) {
        assertThat(dashboard.questions()).allSatisfy(question -> assertThat(TABLE.faults(question.expression()))
                .as(question.where())
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsLieSideBySideOnTheGrid(Dashboard dashboard) {
        Set<List<Integer>> taken = new HashSet<>();
        List<String> clashes = new ArrayList<>();
        for (JsonNode cell : dashboard.cells()) {
            JsonNode at = cell.path("gridPos");
            assertThat(at.path("w").asInt()).isPositive();
            assertThat(at.path("h").asInt()).isPositive();
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    if (!taken.add(
                            List.of(at.path("x").asInt() + x, at.path("y").asInt() + y))) {
                        clashes.add(cell.path("title").asText());
                    }
                }
            }
        }
        assertThat(clashes).isEmpty();
    }

    @Test
    void aMisspeltNameOrLabelIsAFault() {
        assertThat(TABLE.faults("sum(rate(facteur_smtp_acepted_total[1m])) or vector(0)"))
                .containsExactly("no metric facteur_smtp_acepted_total");
        assertThat(TABLE.faults("facteur_stage_lag{stge=\"x\"}"))
                .containsExactly("facteur_stage_lag has no label stge");
        assertThat(TABLE.faults("sum by (stge) (facteur_stage_lag)")).containsExactly("nothing to group by: stge");
        assertThat(TABLE.faults("facteur_imap_command_seconds_bucket"))
                .containsExactly("no metric facteur_imap_command_seconds_bucket");
    }

    @Test
    void variablesBecomeWhatTheyAreWhenADashboardIsOpened() throws IOException {
        Dashboard dashboard = new Dashboard("x.json", new ObjectMapper().readTree("""
                {"templating": {"list": [
                   {"name": "job", "type": "query", "includeAll": true, "allValue": ".*", "query": {"query": "label_values(up, job)"}},
                   {"name": "one", "type": "custom", "current": {"value": "a"}}]},
                 "panels": [{"type": "row", "panels": [{"type": "stat", "title": "T", "targets": [
                   {"expr": "rate(x{job=~\\"$job\\",y=\\"${one:regex}\\"}[$__rate_interval])"}]}]}]}"""));
        assertThat(dashboard.questions())
                .containsExactly(
                        new Dashboard.Question("variable job", "count by (job) (up)", false),
                        new Dashboard.Question("T", "rate(x{job=~\".*\",y=\"a\"}[1m])", false));
    }
}
