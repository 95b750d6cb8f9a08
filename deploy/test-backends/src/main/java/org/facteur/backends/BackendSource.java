package org.facteur.backends;

/** Where the backends of a JVM come from. What is left open when the JVM ends is closed by the source. */
interface BackendSource {
    /** An empty broker of the caller's own. */
    TestKafka kafka();

    /** An empty server of the caller's own. */
    TestPostgres postgres();
}
