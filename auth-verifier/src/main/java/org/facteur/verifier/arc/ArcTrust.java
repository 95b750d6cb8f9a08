package org.facteur.verifier.arc;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSet;
import org.facteur.mail.arc.RecordedResults;
import org.facteur.mail.arc.RecordedResults.MethodResult;
import org.facteur.mail.dkim.DomainName;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcInput;
import org.facteur.verifier.dmarc.DmarcInput.Identifier;
import org.facteur.verifier.dmarc.DmarcResult;

/**
 * Decides whether a chain makes up for a DMARC failure (RFC 8617 section 7.2). Whoever seals can write any results, also those
 * of sets below his own, so a set is believed only where its seal and all newer ones are of trusted domains. One such set has to
 * have recorded that the author's domain was authentic when it came by; the domain in From must still be the same.
 */
public final class ArcTrust {
    private static final int MOST_IDENTIFIERS = 20;

    private final List<TrustedSealer> trusted;
    private final Dmarc dmarc;

    /** A judge that believes these sealers and aligns recorded SPF and DKIM results by {@code dmarc}. */
    public ArcTrust(List<TrustedSealer> trusted, Dmarc dmarc) {
        this.trusted = trusted;
        this.dmarc = dmarc;
    }

    /** Finds what makes up for every failure among {@code results}; with none, there is nothing to override. */
    public Future<ArcFinding> judge(ArcResult chain, List<DmarcResult> results) {
        List<ArcSet> believed = believed(chain);
        List<DmarcResult> failures = results.stream()
                .filter(result -> result.status() == DmarcResult.Status.FAIL)
                .toList();
        if (believed.isEmpty() || failures.isEmpty()) {
            return Future.succeededFuture(ArcFinding.of(chain));
        }
        List<Future<Optional<TrustedPass>>> passes = failures.stream()
                .map(failure -> pass(failure.authorDomain(), believed, 0))
                .toList();
        return Future.all(passes)
                .map(all -> passes.stream().allMatch(pass -> pass.result().isPresent())
                        ? new ArcFinding(chain, passes.get(0).result())
                        : ArcFinding.of(chain));
    }

    /** The sets whose results are believed, oldest first: from the newest down to the first of a stranger. */
    private List<ArcSet> believed(ArcResult chain) {
        if (!chain.passes()) {
            return List.of();
        }
        List<ArcSet> sets = chain.chain().sets();
        int first = sets.size();
        while (first > 0 && isTrusted(sets.get(first - 1).seal().domain())) {
            first--;
        }
        return sets.subList(first, sets.size());
    }

    private boolean isTrusted(String sealer) {
        return trusted.stream().anyMatch(one -> one.covers(sealer));
    }

    private Future<Optional<TrustedPass>> pass(String author, List<ArcSet> sets, int index) {
        if (index == sets.size()) {
            return Future.succeededFuture(Optional.empty());
        }
        ArcSet set = sets.get(index);
        return evidence(author, RecordedResults.of(set.results()))
                .compose(evidence -> evidence.isEmpty()
                        ? pass(author, sets, index + 1)
                        : Future.succeededFuture(Optional.of(
                                new TrustedPass(set.instance(), set.seal().domain(), evidence))));
    }

    /** Words for what backs the author; empty where nothing does. A DMARC result that is told decides alone. */
    private Future<String> evidence(String author, RecordedResults recorded) {
        List<MethodResult> told = recorded.results().stream()
                .filter(result -> result.method().equals("dmarc") && names(result, "header.from", author))
                .toList();
        if (!told.isEmpty()) {
            boolean pass = told.stream().allMatch(result -> result.result().equals("pass"));
            return Future.succeededFuture(pass ? "dmarc=pass" : "");
        }
        DmarcInput input = new DmarcInput(
                passed(recorded, "spf", "smtp.mailfrom", "smtp.mfrom"),
                passed(recorded, "dkim", "header.d", "header.i"));
        return input.spf().isEmpty() && input.dkim().isEmpty()
                ? Future.succeededFuture("")
                : dmarc.check(author, input)
                        .map(result -> result.status() == DmarcResult.Status.PASS ? "spf or dkim aligned" : "");
    }

    private static boolean names(MethodResult result, String property, String author) {
        return result.domain(property)
                .flatMap(DomainName::toAscii)
                .map(author::equals)
                .orElse(false);
    }

    private static List<Identifier> passed(RecordedResults recorded, String method, String... properties) {
        List<Identifier> identifiers = new ArrayList<>();
        for (MethodResult result : recorded.results()) {
            if (result.method().equals(method)
                    && result.result().equals("pass")
                    && identifiers.size() < MOST_IDENTIFIERS) {
                Stream.of(properties)
                        .flatMap(property -> result.domain(property).stream())
                        .findFirst()
                        .flatMap(DomainName::toAscii)
                        .ifPresent(domain -> identifiers.add(new Identifier(domain, true)));
            }
        }
        return identifiers;
    }
}
