package org.facteur.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One dashboard in Grafana's JSON model, read for what it asks Prometheus.
 *
 * @param file the name of its file
 * @param document the whole of it
 */
record Dashboard(String file, JsonNode document) {
    /**
     * One expression, with Grafana's variables replaced by what they are when it is opened.
     *
     * @param where the title of the panel, or the name of the variable or annotation
     * @param expression PromQL
     * @param mayBeEmpty whether it is right to return nothing: an annotation marks what seldom happens
     */
    record Question(String where, String expression, boolean mayBeEmpty) {}

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::\\w+)?}|\\$(\\w+)|\\[\\[(\\w+)]]");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+),\\s*(\\w+)\\)");
    private static final Map<String, String> BUILT_IN = Map.of(
            "__rate_interval",
            "1m",
            "__interval",
            "30s",
            "__range",
            "1h",
            "__range_s",
            "3600",
            "__interval_ms",
            "30000");

    String uid() {
        return document.path("uid").asText();
    }

    String title() {
        return document.path("title").asText();
    }

    /** All panels, those inside of collapsed rows too, rows left out. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        collect(document, panels);
        panels.removeIf(panel -> panel.path("type").asText().equals("row"));
        return panels;
    }

    /** All panels and rows. */
    List<JsonNode> cells() {
        List<JsonNode> cells = new ArrayList<>();
        collect(document, cells);
        return cells;
    }

    private static void collect(JsonNode parent, List<JsonNode> into) {
        parent.path("panels").forEach(panel -> {
            into.add(panel);
            collect(panel, into);
        });
    }

    /** Everything that it asks. */
    List<Question> questions() {
        Map<String, String> values = values();
        List<Question> questions = new ArrayList<>();
        document.path("templating").path("list").forEach(variable -> {
            if (variable.path("type").asText().equals("query")) {
                String asked = substitute(variable.path("query").path("query").asText(), values);
                questions.add(new Question("variable " + variable.path("name").asText(), labelValues(asked), false));
            }
        });
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> questions.add(new Question(
                        panel.path("title").asText(),
                        substitute(target.path("expr").asText(), values),
                        false))));
        document.path("annotations").path("list").forEach(annotation -> {
            if (annotation.has("expr")) {
                questions.add(new Question(
                        "annotation " + annotation.path("name").asText(),
                        substitute(annotation.path("expr").asText(), values),
                        true));
            }
        });
        return questions;
    }

    /** The values of a label as a query: Grafana's function is not PromQL. */
    private static String labelValues(String asked) {
        Matcher matcher = LABEL_VALUES.matcher(asked);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a variable is filled by label_values(series, label), not by " + asked);
        }
        return "count by (" + matcher.group(2) + ") (" + matcher.group(1) + ")";
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>(BUILT_IN);
        document.path("templating").path("list").forEach(variable -> {
            boolean all = variable.path("includeAll").asBoolean();
            values.put(
                    variable.path("name").asText(),
                    all
                            ? variable.path("allValue").asText(".*")
                            : variable.path("current").path("value").asText());
        });
        return values;
    }

    private static String substitute(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name =
                    found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("no variable " + name + " for " + text);
            }
            return Matcher.quoteReplacement(values.get(name));
        });
    }
}
