package org.facteur.verifier.dmarc;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;

/** The evaluation of one author domain: its policy is looked for from the start, the other results come later. */
public final class DmarcCheck {
    private static final int MOST_IDENTIFIERS = 12;

    private final Dns dns;
    private final TreeWalk walk;
    private final String author;
    private final Future<TreeWalk.Place> place;

    DmarcCheck(Dns dns, TreeWalk walk, String author) {
        this.dns = dns;
        this.walk = walk;
        this.author = author;
        this.place = walk.record(author)
                .compose(own -> own.isPresent()
                        ? Future.succeededFuture(new TreeWalk.Place("", author, own))
                        : walk.from(author));
    }

    /** The result, given what the other methods found. The future never fails: DNS trouble is temperror. */
    public Future<DmarcResult> finish(DmarcInput input) {
        return place.compose(found -> found.record().isEmpty()
                        ? Future.succeededFuture(DmarcResult.of(DmarcResult.Status.NONE, author, ""))
                        : judge(found.policyDomain(), found.record().get(), input))
                .recover(e -> Future.succeededFuture(open(input, String.valueOf(e.getMessage()))));
    }

    /** DNS trouble; a pass of the very author domain is told, for with it no policy can ask for anything. */
    private DmarcResult open(DmarcInput input, String reason) {
        return new DmarcResult(
                DmarcResult.Status.TEMPERROR,
                author,
                "",
                Optional.empty(),
                DmarcPolicy.NONE,
                passes(input.dkim()),
                passes(input.spf()),
                reason);
    }

    private boolean passes(List<DmarcInput.Identifier> identifiers) {
        return identifiers.stream()
                .anyMatch(identifier -> identifier.pass() && identifier.domain().equals(author));
    }

    private Future<DmarcResult> judge(String policyDomain, DmarcRecord record, DmarcInput input) {
        if (!record.usable()) {
            return Future.succeededFuture(
                    DmarcResult.of(DmarcResult.Status.PERMERROR, author, "unknown policy in the record"));
        }
        Alignment alignment = new Alignment(walk, author);
        return alignment
                .best(input.dkim().stream().limit(MOST_IDENTIFIERS).toList(), record.strictDkim())
                .compose(dkim -> alignment
                        .best(input.spf(), record.strictSpf())
                        .compose(spf -> result(policyDomain, record, dkim, spf)));
    }

    private Future<DmarcResult> result(
            String policyDomain, DmarcRecord record, Alignment.Best dkim, Alignment.Best spf) {
        boolean pass = dkim == Alignment.Best.PASS || spf == Alignment.Best.PASS;
        boolean open = dkim == Alignment.Best.OPEN || spf == Alignment.Best.OPEN;
        DmarcResult.Status status =
                pass ? DmarcResult.Status.PASS : open ? DmarcResult.Status.TEMPERROR : DmarcResult.Status.FAIL;
        Future<DmarcPolicy> policy = status == DmarcResult.Status.FAIL
                ? policy(policyDomain, record)
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
    private Future<DmarcPolicy> policy(String policyDomain, DmarcRecord record) {
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
}
