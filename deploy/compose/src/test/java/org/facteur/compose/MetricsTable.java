package org.facteur.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facteur.compose.PromQl.Selector;

/** The metrics that deploy/prometheus/METRICS.md promises, with their labels: what an expression may name. */
final class MetricsTable {
    private static final Set<String> ALWAYS = Set.of("job", "instance");
    private static final Map<String, List<String>> SUFFIXES = Map.of(
            "counter", List.of(""),
            "gauge", List.of(""),
            "timer", List.of("_count", "_sum", "_max"),
            "histogram", List.of("_count", "_sum", "_max", "_bucket"));
    private static final Pattern ROW = Pattern.compile("\\| ([a-zA-Z_]+) \\| (\\w+) \\| ([a-z_, ]*)\\|.*");

    private final Map<String, Set<String>> labels = new HashMap<>();

    /** Reads the table, and takes in what the alert rules record: every label may stand on that. */
    static MetricsTable read() {
        MetricsTable table = new MetricsTable();
        try (Stream<String> lines = Files.lines(Path.of("..", "prometheus", "METRICS.md"))) {
            lines.map(ROW::matcher)
                    .filter(row -> row.matches() && SUFFIXES.containsKey(row.group(2)))
                    .forEach(row -> table.add(row.group(1), row.group(2), row.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> any = table.labels.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        any.add("quantile");
        AlertRules.read().recorded().forEach(name -> table.labels.put(name, any));
        return table;
    }

    private void add(String metric, String kind, String names) {
        for (String suffix : SUFFIXES.get(kind)) {
            Set<String> all = new TreeSet<>(ALWAYS);
            Stream.of(names.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(all::add);
            if (suffix.equals("_bucket")) {
                all.add("le");
            }
            labels.put(metric + suffix, all);
        }
    }

    /** What is wrong with the names of an expression, empty if nothing is. */
    List<String> faults(String expression) {
        PromQl asked = PromQl.read(expression);
        Set<String> known = new TreeSet<>();
        List<String> faults = new ArrayList<>();
        for (Selector selector : asked.selectors()) {
            Set<String> has = labels.get(selector.metric());
            if (has == null) {
                faults.add("no metric " + selector.metric());
                continue;
            }
            known.addAll(has);
            selector.labels().stream()
                    .filter(label -> !has.contains(label))
                    .forEach(label -> faults.add(selector.metric() + " has no label " + label));
        }
        asked.labels().stream()
                .filter(label -> !known.contains(label))
                .forEach(label -> faults.add("nothing to group by: " + label));
        return faults;
    }
}
