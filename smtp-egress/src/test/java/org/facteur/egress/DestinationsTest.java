package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private final Destinations destinations = new Destinations(2);

    @Test
    void boundsOneDomainAndNoOther() {
        Promise<String> first = Promise.promise();
        assertThat(destinations.run("a", first::future)).isPresent();
        assertThat(destinations.run("a", () -> Promise.<String>promise().future()))
                .isPresent();
        assertThat(destinations.run("a", first::future)).isEmpty();
        assertThat(destinations.run("b", first::future)).isPresent();
        first.complete("done");
        assertThat(destinations.run("a", () -> Future.succeededFuture("done"))).isPresent();
    }

    @Test
    void givesRoomBackAfterAFailure() {
        for (int i = 0; i < 5; i++) {
            assertThat(destinations.run("a", () -> Future.failedFuture("broken")))
                    .hasValueSatisfying(done -> assertThat(done.failed()).isTrue());
            assertThat(destinations.run("a", () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasValueSatisfying(done -> assertThat(done.failed()).isTrue());
        }
    }
}
