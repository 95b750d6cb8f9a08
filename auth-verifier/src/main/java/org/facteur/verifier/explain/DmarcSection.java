package org.facteur.verifier.explain;

import java.util.ArrayList;
import java.util.List;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Step;
import org.facteur.verifier.dmarc.DmarcRecord;
import org.facteur.verifier.dmarc.DmarcResult;

/** Tells of each author domain: where a record was looked for, what it says, and which identifier is aligned. */
final class DmarcSection {
    private final MethodLog log;
    private final List<Identifiers> identifiers;

    DmarcSection(MethodLog log, List<Identifiers> identifiers) {
        this.log = log;
        this.identifiers = identifiers;
    }

    Method method(DmarcResult result) {
        List<Step> steps = new ArrayList<>();
        String author = result.authorDomain();
        if (!author.isEmpty()) {
            List<Question> questions = log.questions(name -> isAbove(name, author));
            steps.add(new Step("the policy record of " + author + ", from the domain upwards", questions));
        }
        if (result.record().isPresent()) {
            steps.add(Step.of("the record of " + result.policyDomain() + " counts: "
                    + told(result.record().get())));
        } else if (result.reason().isEmpty()) {
            steps.add(Step.of("no record: the domain does not use DMARC"));
        }
        List<String> lines = identifiers.stream()
                .filter(one -> one.author().equals(author))
                .flatMap(one -> one.text().stream())
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            steps.add(new Step(lines.get(i), i == 0 ? log.questions(name -> isOthers(name)) : List.of()));
        }
        steps.add(Step.of(outcome(result)));
        return new Method("dmarc", result.status().text(), author, steps);
    }

    private static String outcome(DmarcResult result) {
        String reason = result.reason().isEmpty() ? "" : ": " + result.reason();
        return switch (result.status()) {
            case PASS -> "an aligned identifier passes";
            case FAIL ->
                "no aligned identifier passes; the owner asks for: "
                        + result.requested().text() + reason;
            default -> result.status().text() + reason;
        };
    }

    private static String told(DmarcRecord record) {
        return "p=" + record.policy().text()
                + (record.subdomains() == record.policy()
                        ? ""
                        : ", sp=" + record.subdomains().text())
                + (record.nonexistent() == record.subdomains()
                        ? ""
                        : ", np=" + record.nonexistent().text())
                + (record.testing() ? ", t=y (testing)" : "")
                + ", alignment " + (record.strictDkim() ? "strict" : "relaxed") + " for DKIM and "
                + (record.strictSpf() ? "strict" : "relaxed") + " for SPF";
    }

    private boolean isOthers(String name) {
        return identifiers.stream().noneMatch(one -> isAbove(name, one.author()));
    }

    /** Whether a question is about that domain or one above it. */
    private static boolean isAbove(String name, String domain) {
        String of = name.startsWith("_dmarc.") ? name.substring("_dmarc.".length()) : name;
        return domain.equals(of) || domain.endsWith("." + of);
    }
}
