package org.facteur.verifier.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.mail.record.Explanation.Rule;
import org.facteur.mail.record.Verdict;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.policy.Action;
import org.facteur.verifier.policy.ContentPolicy;
import org.facteur.verifier.policy.DmarcMode;
import org.facteur.verifier.policy.Policy;
import org.facteur.verifier.results.Verification;

/** Tells what each rule of a policy makes of the results, by asking it alone. */
final class PolicySection {
    private static final Action OFF = Action.NONE;

    private PolicySection() {}

    static List<Rule> rules(Policy policy, Verification found) {
        List<Rule> rules = new ArrayList<>(List.of(
                rule("DNSBL", policy.dnsbl(), alone(OFF, DmarcMode.NONE, OFF, policy.dnsbl()), found),
                rule("IPREV", policy.iprev(), alone(OFF, DmarcMode.NONE, policy.iprev(), OFF), found),
                rule("DMARC", policy.dmarc(), alone(OFF, policy.dmarc(), OFF, OFF), found),
                rule("SPF", policy.spf(), alone(policy.spf(), DmarcMode.NONE, OFF, OFF), found)));
        ContentPolicy content = policy.content();
        for (ScanResult scan : found.scans()) {
            boolean virus = scan.scanner().equals("clamd");
            rules.add(
                    virus
                            ? rule("CLAMD", content.clamd(), alone(OFF, content.clamd()), found)
                            : rule("RSPAMD", content.rspamd(), alone(content.rspamd(), OFF), found));
        }
        return rules;
    }

    private static Policy alone(Action spf, DmarcMode dmarc, Action iprev, Action dnsbl) {
        return new Policy(spf, dmarc, iprev, dnsbl, new ContentPolicy(OFF, OFF));
    }

    private static Policy alone(Action rspamd, Action clamd) {
        return new Policy(OFF, DmarcMode.NONE, OFF, OFF, new ContentPolicy(rspamd, clamd));
    }

    /** The reply to the end of DATA. */
    static String reply(Verdict verdict) {
        return verdict.decision() == Verdict.Decision.REJECT
                ? verdict.code() + " " + verdict.enhanced() + " " + verdict.text()
                : "250 2.0.0 accepted as " + verdict.id();
    }

    /** Where an accepted message goes; empty for a refused one. */
    static String folder(Verdict verdict) {
        return switch (verdict.decision()) {
            case ACCEPT -> "INBOX";
            case QUARANTINE -> "Junk";
            case REJECT -> "";
        };
    }

    private static Rule rule(String name, Enum<?> value, Policy alone, Verification found) {
        Verdict verdict = alone.decide("", found);
        String outcome =
                switch (verdict.decision()) {
                    case ACCEPT -> "no objection";
                    case QUARANTINE -> "Junk";
                    case REJECT -> "refuse: " + reply(verdict);
                };
        return new Rule("FACTEUR_POLICY_" + name + "=" + value.name().toLowerCase(Locale.ROOT), outcome);
    }
}
