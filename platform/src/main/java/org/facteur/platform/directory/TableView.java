package org.facteur.platform.directory;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A local copy of one compacted topic: the newest value of each key. It follows the topic on a thread of its own, without a
 * group; reading is lock-free and safe for any thread.
 *
 * @param <V> the records' type
 */
public interface TableView<V> {
    /** The current value of a key. */
    Optional<V> get(String key);

    /** All current values, weakly consistent. */
    Collection<V> values();

    /** Completes when everything that was on the topic at start has been read. */
    Future<Void> caughtUp();

    /**
     * Calls back for every key with its value (empty: deleted), first for those already known, then for each change, in
     * order, on the view's thread: be quick or hand over.
     */
    void onChange(BiConsumer<String, Optional<V>> listener);
}
