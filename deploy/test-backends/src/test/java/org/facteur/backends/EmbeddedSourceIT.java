package org.facteur.backends;

class EmbeddedSourceIT extends BackendsContract {
    private static final BackendSource SOURCE = new EmbeddedSource();

    @Override
    BackendSource source() {
        return SOURCE;
    }
}
