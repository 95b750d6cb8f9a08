package org.facteur.admin.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Rule;
import org.facteur.mail.record.Explanation.Step;

/** Writes an explanation for people: a section per method, under each step what DNS was asked for it. */
final class ExplanationText {
    private final PrintWriter out;

    ExplanationText(PrintWriter out) {
        this.out = out;
    }

    /** Writes all of it; {@code notes} are sentences on how the message was read. */
    void write(Explanation told, List<String> notes) {
        line(told.octets() + " octets from " + told.client().ip() + ", EHLO "
                + (told.client().helo().isEmpty() ? "unknown" : told.client().helo()) + ", MAIL FROM:<"
                + told.reversePath() + ">");
        notes.forEach(note -> line("(" + note + ")"));
        told.methods().forEach(this::method);
        line("");
        line("policy");
        for (Rule rule : told.policy()) {
            line("  " + rule.setting() + ": " + rule.outcome());
        }
        line("");
        line("the client gets  " + told.reply());
        line("the message goes " + (told.folder().isEmpty() ? "nowhere" : "to " + told.folder()));
        line("");
        out.print(told.results().replace("\r\n", System.lineSeparator()));
    }

    private void method(Method method) {
        line("");
        line(method.name() + "  " + method.result() + (method.subject().isEmpty() ? "" : "  " + method.subject()));
        for (Step step : method.steps()) {
            line("  " + step.text());
            step.questions().forEach(question -> line("    " + text(question)));
        }
    }

    private static String text(Question question) {
        String time = question.cached() ? "remembered" : String.format(Locale.ROOT, "%.1f ms", question.micros() / 1e3);
        String ttl = "ttl " + question.ttlSeconds() + " s, " + time;
        String asked = question.type() + " " + question.name() + " → ";
        return switch (question.answer()) {
            case FOUND -> asked + records(question) + " (" + ttl + ")";
            case NO_DATA -> asked + "no such record (" + ttl + ")";
            case NX_DOMAIN -> asked + "NXDOMAIN, there is no such name (" + ttl + ")";
            case TEMPORARY_FAILURE -> asked + question.reason() + " (" + time + ")";
            case NO_ANSWER -> asked + "no answer before the checks had to end";
        };
    }

    private static String records(Question question) {
        boolean text = question.type().equals("TXT");
        return question.records().stream()
                .map(record -> text ? "\"" + record.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : record)
                .collect(Collectors.joining(", "));
    }

    /** Whatever stands in DNS or in a header must not steer the terminal. */
    private void line(String text) {
        out.println(text.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?"));
    }
}
