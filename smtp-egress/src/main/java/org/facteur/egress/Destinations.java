package org.facteur.egress;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bounds what is under way to each domain, so that a slow destination takes none of its neighbours' room: whoever finds its
 * domain full is told so at once and defers. On one Vert.x context.
 */
final class Destinations {
    private final int mostPerDomain;
    private final Map<String, Integer> underWay = new HashMap<>();

    Destinations(int mostPerDomain) {
        this.mostPerDomain = mostPerDomain;
    }

    /** Runs the attempt if the domain has room, else gives nothing. */
    <T> Optional<Future<T>> run(String domain, Supplier<Future<T>> attempt) {
        int now = underWay.getOrDefault(domain, 0);
        if (now >= mostPerDomain) {
            return Optional.empty();
        }
        underWay.put(domain, now + 1);
        return Optional.of(Future.<Void>succeededFuture()
                .compose(begin -> attempt.get())
                .onComplete(done ->
                        underWay.merge(domain, -1, (count, minus) -> count + minus == 0 ? null : count + minus)));
    }
}
