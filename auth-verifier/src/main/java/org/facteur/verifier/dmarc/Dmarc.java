package org.facteur.verifier.dmarc;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;

/** Evaluates DMARC for author domains (RFC 9989 section 5.3). Without state of its own; nothing blocks. */
public final class Dmarc {
    private static final int MOST_IDENTIFIERS = 12;

    private final Dns dns;
    private final TreeWalk walk;

    /** An evaluator on that DNS. */
    public Dmarc(Dns dns) {
        this.dns = dns;
        this.walk = new TreeWalk(dns);
    }

    /** Evaluates one author domain. The future never fails: DNS trouble is temperror. */
    public Future<DmarcResult> check(String author, DmarcInput input) {
        return walk.record(author)
                .compose(own -> own.isPresent()
                        ? Future.succeededFuture(new TreeWalk.Place("", author, own))
                        : walk.from(author))
                .compose(place -> place.record().isEmpty()
                        ? Future.succeededFuture(DmarcResult.of(DmarcResult.Status.NONE, author, ""))
                        : judge(author, place, place.record().get(), input))
                .recover(e -> Future.succeededFuture(open(author, input, String.valueOf(e.getMessage()))));
    }

    /** DNS trouble; a pass of the very author domain is told, for with it no policy can ask for anything. */
    private static DmarcResult open(String author, DmarcInput input, String reason) {
        return new DmarcResult(
                DmarcResult.Status.TEMPERROR,
                author,
                "",
                Optional.empty(),
                DmarcPolicy.NONE,
                passes(input.dkim(), author),
                passes(input.spf(), author),
                reason);
    }

    private static boolean passes(List<DmarcInput.Identifier> identifiers, String author) {
        return identifiers.stream()
                .anyMatch(identifier -> identifier.pass() && identifier.domain().equals(author));
    }

    private Future<DmarcResult> judge(String author, TreeWalk.Place place, DmarcRecord record, DmarcInput input) {
        if (!record.usable()) {
            return Future.succeededFuture(
                    DmarcResult.of(DmarcResult.Status.PERMERROR, author, "unknown policy in the record"));
        }
        Alignment alignment = new Alignment(walk, author);
        return alignment
                .best(input.dkim().stream().limit(MOST_IDENTIFIERS).toList(), record.strictDkim())
                .compose(dkim -> alignment
                        .best(input.spf(), record.strictSpf())
                        .compose(spf -> result(author, place.policyDomain(), record, dkim, spf)));
    }

    private Future<DmarcResult> result(
            String author, String policyDomain, DmarcRecord record, Alignment.Best dkim, Alignment.Best spf) {
        boolean pass = dkim == Alignment.Best.PASS || spf == Alignment.Best.PASS;
        boolean open = dkim == Alignment.Best.OPEN || spf == Alignment.Best.OPEN;
        DmarcResult.Status status =
                pass ? DmarcResult.Status.PASS : open ? DmarcResult.Status.TEMPERROR : DmarcResult.Status.FAIL;
        Future<DmarcPolicy> policy = status == DmarcResult.Status.FAIL
                ? policy(author, policyDomain, record)
                : Future.succeededFuture(DmarcPolicy.NONE);
        return policy.map(requested -> new DmarcResult(
                status,
                author,
                policyDomain,
                Optional.of(record),
                record.testing() ? requested.milder() : requested,
                dkim == Alignment.Best.PASS,
                spf == Alignment.Best.PASS,
                status == DmarcResult.Status.TEMPERROR ? "an aligned identifier could not be checked" : ""));
    }

    /** p=, sp= or np= (RFC 9989 section 4.7); whether the name exists is asked only where it matters. */
    private Future<DmarcPolicy> policy(String author, String policyDomain, DmarcRecord record) {
        if (author.equals(policyDomain)) {
            return Future.succeededFuture(record.policy());
        }
        if (record.nonexistent() == record.subdomains()) {
            return Future.succeededFuture(record.subdomains());
        }
        return dns.a(author).compose(answer -> switch (answer.status()) {
            case NX_DOMAIN -> Future.succeededFuture(record.nonexistent());
            case TEMPORARY_FAILURE -> Future.failedFuture(new TreeWalk.NoAnswer("no answer for " + author));
            default -> Future.succeededFuture(record.subdomains());
        });
    }

    /** The result where From has no usable address (RFC 9989 section 4.4). */
    public static DmarcResult withoutAuthor() {
        return DmarcResult.of(DmarcResult.Status.PERMERROR, "", "no address in From");
    }

    /** The result of the strictest request among several author domains. */
    public static DmarcResult strictest(List<DmarcResult> results) {
        DmarcResult strictest = results.get(0);
        for (DmarcResult result : results) {
            if (weight(result) > weight(strictest)) {
                strictest = result;
            }
        }
        return strictest;
    }

    private static int weight(DmarcResult result) {
        return switch (result.status()) {
            case FAIL -> 2 + 2 * result.requested().ordinal();
            case TEMPERROR -> 5;
            case PERMERROR -> 3;
            case NONE -> 1;
            case PASS -> 0;
        };
    }
}
