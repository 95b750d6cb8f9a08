package org.facteur.verifier.explain;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimSignature;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcInput;
import org.facteur.verifier.dmarc.DmarcInput.Identifier;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;

/**
 * How each authenticated domain stands to each author domain. DMARC itself looks only at those that pass; a person wants to
 * know of the others as well, whether mending them would help.
 *
 * @param text one line per domain
 */
record Identifiers(String author, List<String> text) {
    private record Line(String subject, String result, boolean pass, Future<Boolean> aligned) {
        String told() {
            String relation = aligned.succeeded()
                    ? aligned.result() ? "is aligned" : "is not aligned"
                    : "may be aligned, DNS does not say";
            return subject + ": " + result + ", " + relation
                    + (pass || !aligned.succeeded() || !aligned.result() ? "" : ", but does not pass");
        }
    }

    /** Looks at all identifiers of a result that has a record; the future never fails. */
    static Future<Identifiers> of(Dmarc dmarc, DmarcResult result, Verification found) {
        String author = result.authorDomain();
        if (result.record().isEmpty()) {
            return Future.succeededFuture(new Identifiers(author, List.of()));
        }
        Line spf = new Line(
                "SPF of " + found.spf().domain(),
                found.spf().status().text(),
                found.spf().status().text().equals("pass"),
                dmarc.check(
                                author,
                                new DmarcInput(
                                        List.of(new Identifier(found.spf().domain(), true)), List.of()))
                        .compose(checked -> aligned(checked, checked.spfAligned())));
        Stream<Line> dkim = found.dkim().stream()
                .filter(signed -> signed.signature().isPresent())
                .map(signed -> line(dmarc, author, signed, signed.signature().get()));
        List<Line> lines = Stream.concat(
                        Stream.of(spf).filter(line -> !found.spf().domain().isEmpty()), dkim)
                .toList();
        return Future.join(lines.stream().map(Line::aligned).toList())
                .transform(all -> Future.succeededFuture(
                        new Identifiers(author, lines.stream().map(Line::told).toList())));
    }

    private static Line line(Dmarc dmarc, String author, DkimResult signed, DkimSignature signature) {
        DmarcInput alone = new DmarcInput(List.of(), List.of(new Identifier(signature.domain(), true)));
        return new Line(
                "DKIM of " + signature.domain(),
                signed.status().text(),
                signed.passes(),
                dmarc.check(author, alone).compose(checked -> aligned(checked, checked.dkimAligned())));
    }

    private static Future<Boolean> aligned(DmarcResult checked, boolean aligned) {
        return checked.status() == DmarcResult.Status.TEMPERROR && !aligned
                ? Future.failedFuture(checked.reason())
                : Future.succeededFuture(aligned);
    }
}
