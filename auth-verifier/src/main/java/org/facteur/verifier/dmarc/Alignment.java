package org.facteur.verifier.dmarc;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Compares authenticated domains with one author domain (RFC 9989 section 4.4). */
final class Alignment {
    /** The best that a list of identifiers gives. */
    enum Best {
        /** An aligned one passes. */
        PASS,
        /** An aligned one could not be checked, or whether one is aligned. */
        OPEN,
        /** None is aligned. */
        NOTHING
    }

    private final TreeWalk walk;
    private final String author;
    private Optional<Future<String>> organizational = Optional.empty();

    Alignment(TreeWalk walk, String author) {
        this.walk = walk;
        this.author = author;
    }

    Future<Best> best(List<DmarcInput.Identifier> identifiers, boolean strict) {
        return best(identifiers, strict, 0, Best.NOTHING);
    }

    private Future<Best> best(List<DmarcInput.Identifier> identifiers, boolean strict, int index, Best before) {
        if (index == identifiers.size()) {
            return Future.succeededFuture(before);
        }
        DmarcInput.Identifier identifier = identifiers.get(index);
        return isAligned(identifier.domain(), strict)
                .map(aligned -> !aligned ? Best.NOTHING : identifier.pass() ? Best.PASS : Best.OPEN)
                .otherwise(Best.OPEN)
                .compose(found -> found == Best.PASS
                        ? Future.succeededFuture(found)
                        : best(identifiers, strict, index + 1, found == Best.OPEN ? found : before));
    }

    /** Relaxed alignment: one organizational domain above both; names that share nothing need no question. */
    private Future<Boolean> isAligned(String domain, boolean strict) {
        if (domain.equals(author)) {
            return Future.succeededFuture(true);
        }
        if (strict || !sharesLabel(domain)) {
            return Future.succeededFuture(false);
        }
        return organizational()
                .compose(organization -> domain.equals(organization) || domain.endsWith("." + organization)
                        ? walk.from(domain).map(place -> place.organizational().equals(organization))
                        : Future.succeededFuture(false));
    }

    private Future<String> organizational() {
        if (organizational.isEmpty()) {
            organizational = Optional.of(walk.from(author).map(TreeWalk.Place::organizational));
        }
        return organizational.get();
    }

    private boolean sharesLabel(String domain) {
        return domain.substring(domain.lastIndexOf('.') + 1).equals(author.substring(author.lastIndexOf('.') + 1));
    }
}
