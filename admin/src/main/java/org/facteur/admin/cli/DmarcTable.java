package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** What DMARC reports say, for people: sums, sources, reporters, and what could not be read. */
final class DmarcTable {
    private DmarcTable() {}

    static void print(PrintWriter out, JsonNode summary) {
        JsonNode messages = summary.path("messages");
        out.println(summary.path("domain").asText() + " since "
                + summary.path("since").asText() + ": "
                + messages.path("passed").asText() + " messages passed, "
                + messages.path("failed").asText() + " failed");
        table(out, summary.path("sources"), List.of("SOURCE", "PASSED", "FAILED", "NAMES"), source -> {
            StringJoiner names = new StringJoiner(" ");
            source.path("names").forEach(name -> names.add(name.asText()));
            return List.of(text(source, "source"), text(source, "passed"), text(source, "failed"), names.toString());
        });
        table(
                out,
                summary.path("reporters"),
                List.of("REPORTED BY", "PASSED", "FAILED", "REPORTS"),
                reporter -> List.of(
                        text(reporter, "organization"),
                        text(reporter, "passed"),
                        text(reporter, "failed"),
                        text(reporter, "reports")));
        summary.path("reports").forEach(report -> notSummed(out, report));
    }

    private static void notSummed(PrintWriter out, JsonNode report) {
        if (!report.path("problem").asText().isEmpty()) {
            out.println("unreadable: message " + text(report, "messageId") + " of " + text(report, "sender") + ": "
                    + text(report, "problem"));
        } else if (!report.path("counted").asBoolean()) {
            out.println(
                    "not counted: message " + text(report, "messageId") + " fails DMARC as " + text(report, "sender"));
        }
    }

    private static void table(PrintWriter out, JsonNode all, List<String> head, Function<JsonNode, List<String>> row) {
        if (all.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(head);
        all.forEach(one -> rows.add(row.apply(one)));
        out.println();
        Output.table(out, rows);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }
}
