package org.facteur.backends;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

@NeedsDocker
class ContainerSourceIT extends BackendsContract {
    private static BackendSource source;

    @BeforeAll
    static void start() {
        ContainerSource.obstacle().ifPresent(reason -> assumeTrue(false, reason));
        source = new ContainerSource();
    }

    @Override
    BackendSource source() {
        return source;
    }
}
