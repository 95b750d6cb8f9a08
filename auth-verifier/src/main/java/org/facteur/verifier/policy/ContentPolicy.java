package org.facteur.verifier.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.content.ScanResult;

/**
 * What the findings of scanners lead to. {@link Action#REJECT} does as the scanner says, {@link Action#JUNK} refuses nothing,
 * {@link Action#NONE} only tells.
 *
 * @param rspamd for what rspamd finds
 * @param clamd for what clamd finds
 */
public record ContentPolicy(Action rspamd, Action clamd) {
    /** FACTEUR_POLICY_RSPAMD. */
    public static final Setting<Action> RSPAMD = Setting.choice(
            "FACTEUR_POLICY_RSPAMD",
            Action.class,
            Action.REJECT,
            "What rspamd's actions lead to: as it says (reject), to Junk at most (junk), or to nothing (none).");

    /** FACTEUR_POLICY_CLAMD. */
    public static final Setting<Action> CLAMD =
            Setting.choice("FACTEUR_POLICY_CLAMD", Action.class, Action.REJECT, "What a message with a virus gets.");

    /** Reads them; fails with {@link org.facteur.platform.config.SettingException}. */
    public static ContentPolicy from(Environment environment) {
        return new ContentPolicy(environment.get(RSPAMD), environment.get(CLAMD));
    }

    /** What speaks against the message {@code id}, a virus first. */
    Stream<Verdict> decide(String id, List<ScanResult> results) {
        return Stream.concat(
                of("clamd", results)
                        .flatMap(result ->
                                verdict(clamd, id, result, "this message carries the virus " + result.reply()))
                        .stream(),
                of("rspamd", results)
                        .flatMap(
                                result -> verdict(rspamd, id, result, "rspamd refuses this message: " + result.reply()))
                        .stream());
    }

    private static Optional<ScanResult> of(String scanner, List<ScanResult> results) {
        return results.stream()
                .filter(result -> result.scanner().equals(scanner))
                .findFirst();
    }

    private static Optional<Verdict> verdict(Action action, String id, ScanResult result, String text) {
        Finding finding = result.finding();
        boolean refuses = action == Action.REJECT;
        if (action == Action.NONE) {
            return Optional.empty();
        }
        return switch (finding) {
            case REJECT ->
                Optional.of(
                        refuses
                                ? Verdict.reject(id, result.scanner(), 550, "5.7.1", Policy.line(text))
                                : Verdict.quarantine(id));
            case JUNK -> Optional.of(Verdict.quarantine(id));
            case DEFER ->
                refuses
                        ? Optional.of(Verdict.reject(
                                id, result.scanner(), 451, "4.7.1", Policy.line("try again later: " + result.reply())))
                        : Optional.empty();
            case CLEAN, GREYLIST, SKIPPED, ERROR -> Optional.empty();
        };
    }
}
