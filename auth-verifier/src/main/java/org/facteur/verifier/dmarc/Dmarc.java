package org.facteur.verifier.dmarc;

import io.vertx.core.Future;
import java.util.List;
import org.facteur.platform.dns.Dns;

/** Evaluates DMARC for author domains (RFC 9989 section 5.3). Without state of its own; nothing blocks. */
public final class Dmarc {
    private final Dns dns;
    private final TreeWalk walk;

    /** An evaluator on that DNS. */
    public Dmarc(Dns dns) {
        this.dns = dns;
        this.walk = new TreeWalk(dns);
    }

    /** Begins to evaluate one author domain: asks for its policy. */
    public DmarcCheck begin(String author) {
        return new DmarcCheck(dns, walk, author);
    }

    /** Evaluates one author domain. The future never fails: DNS trouble is temperror. */
    public Future<DmarcResult> check(String author, DmarcInput input) {
        return begin(author).finish(input);
    }

    /** The result where From has no usable address (RFC 9989 section 4.4). */
    public static DmarcResult withoutAuthor() {
        return unusableFrom("no address in From");
    }

    /** The result where From breaks RFC 5322, so that nobody can say which domain a reader will see. */
    public static DmarcResult unusableFrom(String reason) {
        return DmarcResult.of(DmarcResult.Status.PERMERROR, "", reason);
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
