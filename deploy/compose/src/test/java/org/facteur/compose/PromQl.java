package org.facteur.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: the series that it selects and the labels that it groups by. It reads names only; whether
 * the expression is right as a whole is for Prometheus to say.
 *
 * @param selectors the series, in the order of the text
 * @param labels the labels of by, without, on, ignoring, group_left and group_right
 */
record PromQl(List<Selector> selectors, Set<String> labels) {
    /**
     * One selected metric.
     *
     * @param metric its name
     * @param labels the labels that its braces compare
     */
    record Selector(String metric, Set<String> labels) {}

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9][0-9.a-zA-Z]*|\\S");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2", "start", "end");
    private static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "quantile",
            "count_values");

    /** Reads an expression without Grafana's variables. */
    static PromQl read(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        List<Selector> selectors = new ArrayList<>();
        Set<String> labels = new TreeSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
            if (!NAME.matcher(token).matches() || WORDS.contains(token)) {
                continue;
            }
            if (GROUPING.contains(token)) {
                at = names(tokens, at + 1, "(", ")", labels);
            } else if (next.equals("{")) {
                Set<String> compared = new TreeSet<>();
                at = names(tokens, at + 1, "{", "}", compared);
                selectors.add(new Selector(token, compared));
            } else if (!next.equals("(") && !AGGREGATIONS.contains(token)) {
                selectors.add(new Selector(token, Set.of()));
            }
        }
        return new PromQl(selectors, labels);
    }

    /** Takes the names between two brackets, if the first is there; returns where the last token that was read stands. */
    private static int names(List<String> tokens, int at, String open, String close, Set<String> into) {
        if (at >= tokens.size() || !tokens.get(at).equals(open)) {
            return at - 1;
        }
        int end = at;
        while (end < tokens.size() && !tokens.get(end).equals(close)) {
            if (NAME.matcher(tokens.get(end)).matches()) {
                into.add(tokens.get(end));
            }
            end++;
        }
        return end;
    }
}
