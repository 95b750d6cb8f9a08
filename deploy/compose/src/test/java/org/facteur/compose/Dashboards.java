package org.facteur.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.facteur.compose.Dashboard.Question;
import org.facteur.compose.PromQl.Selector;

/**
 * The dashboards of deploy/grafana, and the check of them against a running Prometheus: what each expression returns there.
 * An expression is only good if every metric that it names exists, so that a fallback such as {@code or vector(0)} hides no
 * misspelt name. The system must have run for a minute and have done what dashboards show: taken, delivered, sent, deferred
 * and refused mail, answered an IMAP client, sent a canary, and seen one message that forges a domain of its own.
 */
final class Dashboards {
    /**
     * What came of one expression.
     *
     * @param dashboard title
     * @param question what was asked, and where
     * @param series how many series it returned
     * @param missing the metrics that it names and Prometheus does not have
     * @param error why Prometheus did not take it
     */
    record Answer(String dashboard, Question question, int series, Set<String> missing, Optional<String> error) {
        /** Whether a person sees something in the panel. */
        boolean good() {
            return error.isEmpty() && missing.isEmpty() && (series > 0 || question.mayBeEmpty());
        }

        @Override
        public String toString() {
            String fault = error.map(text -> "error: " + text)
                    .orElseGet(
                            () -> missing.isEmpty() ? series + " series" : "no metric " + String.join(", ", missing));
            return "%s / %s: %s%n    %s".formatted(dashboard, question.where(), fault, question.expression());
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private Dashboards() {}

    /** All of them, in the order of their files' names. */
    static List<Dashboard> read() {
        try (Stream<Path> files = Files.list(Path.of("..", "grafana", "dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboards::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Evaluates every expression of every dashboard; blocks for a second or two. */
    static List<Answer> check(URI prometheus) {
        return check(read(), new Prometheus(prometheus));
    }

    /** Evaluates every expression of these dashboards. */
    static List<Answer> check(List<Dashboard> dashboards, Prometheus prometheus) {
        Set<String> names = prometheus.names();
        List<Answer> answers = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            for (Question question : dashboard.questions()) {
                answers.add(answer(dashboard.title(), question, prometheus, names));
            }
        }
        return answers;
    }

    private static Answer answer(String dashboard, Question question, Prometheus prometheus, Set<String> names) {
        Set<String> missing = new TreeSet<>();
        PromQl.read(question.expression()).selectors().stream()
                .map(Selector::metric)
                .filter(metric -> !names.contains(metric))
                .forEach(missing::add);
        try {
            return new Answer(dashboard, question, prometheus.series(question.expression()), missing, Optional.empty());
        } catch (Prometheus.Refused refused) {
            return new Answer(dashboard, question, 0, missing, Optional.of(refused.getMessage()));
        }
    }
}
