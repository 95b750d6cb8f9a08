package org.facteur.backends;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

@NeedsDocker
class ContainerSourceIT extends BackendsContract {
    /** Asked once: pulling may take its time. */
    private static final class Asked {
        static final Optional<String> OBSTACLE = ContainerSource.obstacle();
    }

    private static BackendSource source;

    @Override
    BackendSource source() {
        assumeTrue(Asked.OBSTACLE.isEmpty(), () -> Asked.OBSTACLE.orElseThrow());
        if (source == null) source = new ContainerSource();
        return source;
    }
}
