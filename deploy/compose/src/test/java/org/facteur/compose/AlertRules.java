package org.facteur.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of deploy/prometheus.
 *
 * @param alerts what is raised
 * @param records what is recorded
 */
record AlertRules(List<Alert> alerts, List<Recording> records) {
    /** An alert; two may share a name and differ in severity. */
    record Alert(String name, String expression, String severity, JsonNode annotations) {
        String annotation(String key) {
            return annotations.path(key).asText();
        }
    }

    /** A series that is computed at each evaluation. */
    record Recording(String name, String expression) {}

    static AlertRules read() {
        AlertRules rules = new AlertRules(new ArrayList<>(), new ArrayList<>());
        for (Path file : yaml("rules")) {
            tree(file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        }
        return rules;
    }

    /** Names of the recorded series. */
    List<String> recorded() {
        return records.stream().map(Recording::name).distinct().toList();
    }

    /** The YAML files of a folder of deploy/prometheus, sorted. */
    static List<Path> yaml(String folder) {
        try (Stream<Path> files = Files.list(Path.of("..", "prometheus", folder))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode rule) {
        String expression = rule.path("expr").asText();
        if (rule.has("alert")) {
            alerts.add(new Alert(
                    rule.path("alert").asText(),
                    expression,
                    rule.path("labels").path("severity").asText(),
                    rule.path("annotations")));
        } else {
            records.add(new Recording(rule.path("record").asText(), expression));
        }
    }
}
