package org.facteur.verifier.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSet;
import org.facteur.mail.arc.RecordedResults;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Step;
import org.facteur.verifier.arc.ArcFinding;
import org.facteur.verifier.arc.TrustedPass;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;

/** Tells of the ARC sets, one by one, and whether the chain makes up for a DMARC failure. */
final class ArcSection {
    private static final int MOST_RESULTS = 20;
    private static final String NOT_BELIEVED =
            "does not make up for the DMARC failure: no sealer that FACTEUR_ARC_TRUSTED names recorded that the author's"
                    + " domain was authentic";

    private final MethodLog log;

    ArcSection(MethodLog log) {
        this.log = log;
    }

    Method method(Verification found) {
        ArcFinding finding = found.arc();
        ArcResult chain = finding.chain();
        if (!finding.isChained()) {
            return new Method("arc", chain.status().text(), "", List.of(Step.of("there is no ARC set")));
        }
        List<Step> steps = new ArrayList<>();
        chain.chain().sets().stream().map(this::set).forEach(steps::add);
        steps.add(Step.of(outcome(chain)));
        boolean failed = found.dmarc().stream().anyMatch(result -> result.status() == DmarcResult.Status.FAIL);
        if (failed && chain.passes()) {
            steps.add(new Step(
                    finding.override().map(ArcSection::believed).orElse(NOT_BELIEVED),
                    log.questions(name -> chain.chain().sets().stream().noneMatch(set -> isKey(set, name)))));
        }
        return new Method("arc", chain.status().text(), "i=" + chain.chain().highest(), steps);
    }

    private Step set(ArcSet set) {
        return new Step(
                "i=" + set.instance() + ": sealed by " + set.seal().domain() + " with cv="
                        + set.seal().chain().text() + "; it recorded " + recorded(set),
                log.questions(name -> isKey(set, name)));
    }

    private static boolean isKey(ArcSet set, String name) {
        return name.equalsIgnoreCase(set.seal().keyName())
                || name.equalsIgnoreCase(set.message().keyName());
    }

    private static String recorded(ArcSet set) {
        String results = RecordedResults.of(set.results()).results().stream()
                .limit(MOST_RESULTS)
                .map(result -> result.method() + "=" + result.result())
                .collect(Collectors.joining(", "));
        return results.isEmpty() ? "nothing" : results;
    }

    private static String outcome(ArcResult chain) {
        if (!chain.passes()) {
            return chain.status().text() + ": " + chain.reason();
        }
        return "all seals hold; "
                + (chain.oldestPass() == 0
                        ? "the message is as the first sealer had it"
                        : "the message is as the sealer of i=" + chain.oldestPass() + " had it");
    }

    private static String believed(TrustedPass pass) {
        return "makes up for the DMARC failure: " + pass.sealer() + ", which FACTEUR_ARC_TRUSTED names, recorded "
                + pass.evidence() + " at i=" + pass.instance();
    }
}
