package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** What the reports of others say, for people: sums, where failures come from, reporters, and what could not be read. */
final class ReportTables {
    private ReportTables() {}

    /** DMARC: the sources that send in the domain's name. */
    static void dmarc(PrintWriter out, JsonNode summary) {
        sum(out, summary, "messages");
        table(out, summary.path("sources"), List.of("SOURCE", "PASSED", "FAILED", "NAMES"), source -> {
            StringJoiner names = new StringJoiner(" ");
            source.path("names").forEach(name -> names.add(name.asText()));
            return List.of(text(source, "source"), text(source, "passed"), text(source, "failed"), names.toString());
        });
        reporters(out, summary);
    }

    /** TLS: why connections to the domain's servers failed. */
    static void tls(PrintWriter out, JsonNode summary) {
        sum(out, summary, "sessions");
        table(
                out,
                summary.path("failures"),
                List.of("FAILURE", "SESSIONS", "MX", "POLICY"),
                failure -> List.of(
                        text(failure, "result"),
                        text(failure, "sessions"),
                        text(failure, "mx"),
                        text(failure, "policyType")));
        reporters(out, summary);
    }

    private static void sum(PrintWriter out, JsonNode summary, String unit) {
        out.println(text(summary, "domain") + " since " + text(summary, "since") + ": "
                + text(summary.path(unit), "passed") + " " + unit + " passed, " + text(summary.path(unit), "failed")
                + " failed");
    }

    private static void reporters(PrintWriter out, JsonNode summary) {
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
