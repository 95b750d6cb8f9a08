package org.facteur.backends;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source has started, closed when the JVM ends: last come, first closed. */
final class OpenBackends {
    private static final Logger LOG = LoggerFactory.getLogger(TestBackends.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    OpenBackends() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-backends"));
    }

    /** Closes it at the end, too; closing twice must be no failure. */
    synchronized <T extends AutoCloseable> T add(T backend) {
        open.push(backend);
        return backend;
    }

    /** Runs this after everything that is added later is closed. */
    void atEnd(AutoCloseable action) {
        add(action);
    }

    private synchronized void close() {
        for (var backend : open) {
            try {
                backend.close();
            } catch (Exception e) {
                LOG.warn("a test backend did not stop cleanly", e);
            }
        }
    }
}
