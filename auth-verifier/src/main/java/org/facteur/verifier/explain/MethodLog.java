package org.facteur.verifier.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.facteur.mail.record.Explanation.Answer;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Step;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.RecordType;

/**
 * What one method does for one message: its steps, and the questions that it asks DNS. A question that it repeats is kept
 * once. For one event loop.
 */
public final class MethodLog {
    private static final int LONGEST_RECORD = 2_048;
    private static final int MOST_OCTETS = 256 * 1024;

    private final LongSupplier nanos;
    private final List<OpenStep> steps = new ArrayList<>();
    private int octets;

    /** One question; changed once, when its answer is there. */
    static final class Asked {
        private final long since;
        private Question question;

        private Asked(Question question, long since) {
            this.question = question;
            this.since = since;
        }
    }

    private record OpenStep(String text, List<Asked> asked) {}

    /** An empty log, by a clock in nanoseconds. */
    public MethodLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A DNS whose questions are written down here. */
    public Dns dns(Dns source) {
        return new RecordingDns(source, this);
    }

    /** Begins a step; the questions from now on belong to it. */
    public void step(String text) {
        steps.add(new OpenStep(text, new ArrayList<>()));
    }

    /** The steps so far with their questions; those that were asked before the first step are in none. */
    public List<Step> steps() {
        return steps.stream()
                .filter(step -> !step.text().isEmpty())
                .map(step -> new Step(step.text(), questions(step.asked(), asked -> true)))
                .toList();
    }

    /** The questions so far whose name is of that kind, in order. */
    public List<Question> questions(Predicate<String> name) {
        return questions(steps.stream().flatMap(step -> step.asked().stream()).toList(), name);
    }

    /** Notes a question; it has no answer yet. */
    Asked ask(RecordType type, String name) {
        if (steps.isEmpty()) {
            step("");
        }
        Question question = new Question(type.name(), name, Answer.NO_ANSWER, List.of(), "", 0, 0, false);
        Asked asked = new Asked(question, nanos.getAsLong());
        if (questions(name::equals).stream().noneMatch(known -> known.type().equals(type.name()))) {
            steps.get(steps.size() - 1).asked().add(asked);
        }
        return asked;
    }

    /**
     * Notes the answer.
     *
     * @param records as in a zone file
     * @param cached whether nobody had to be asked
     */
    void answered(Asked asked, DnsAnswer<?> answer, List<String> records, boolean cached) {
        Question open = asked.question;
        String reason = answer instanceof DnsAnswer.TemporaryFailure<?> failure ? failure.reason() : "";
        asked.question = new Question(
                open.type(),
                open.name(),
                Answer.valueOf(answer.status().name()),
                records.stream().map(this::bounded).toList(),
                reason,
                answer.ttl().toSeconds(),
                (nanos.getAsLong() - asked.since) / 1000,
                cached);
    }

    /** Hostile zones must not make an explanation that no record can carry. */
    private String bounded(String text) {
        int most = Math.max(0, Math.min(LONGEST_RECORD, MOST_OCTETS - octets));
        octets += Math.min(most, text.length());
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private static List<Question> questions(List<Asked> asked, Predicate<String> name) {
        return asked.stream()
                .map(one -> one.question)
                .filter(question -> name.test(question.name()))
                .toList();
    }
}
