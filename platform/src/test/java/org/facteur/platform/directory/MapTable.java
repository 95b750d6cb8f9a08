package org.facteur.platform.directory;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** {@link TableView} over a map that a test fills; listeners are called by whoever changes it. */
public final class MapTable<V> implements TableView<V> {
    private final Map<String, V> rows = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, Optional<V>>> listeners = new CopyOnWriteArrayList<>();

    /** Sets a row. */
    public MapTable<V> put(String key, V value) {
        rows.put(key, value);
        listeners.forEach(listener -> listener.accept(key, Optional.of(value)));
        return this;
    }

    /** Deletes a row. */
    public MapTable<V> remove(String key) {
        rows.remove(key);
        listeners.forEach(listener -> listener.accept(key, Optional.empty()));
        return this;
    }

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Collection<V> values() {
        return Collections.unmodifiableCollection(rows.values());
    }

    @Override
    public Future<Void> caughtUp() {
        return Future.succeededFuture();
    }

    @Override
    public void onChange(BiConsumer<String, Optional<V>> listener) {
        rows.forEach((key, value) -> listener.accept(key, Optional.of(value)));
        listeners.add(listener);
    }
}
