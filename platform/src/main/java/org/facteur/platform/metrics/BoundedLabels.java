package org.facteur.platform.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Bounds the values of a label that strangers choose, such as a domain: the first so many names are taken as they are, the
 * rest is {@value #OTHER}. A name that was not used for an hour makes room for a new one, so that names which came once do
 * not keep their places for ever. Costs a map of {@code most} entries. Safe for any thread.
 */
public final class BoundedLabels {
    /** What stands for all names that there is no room for. */
    public static final String OTHER = "other";

    private static final Duration IDLE = Duration.ofHours(1);

    private final int most;
    private final Clock clock;
    private final Consumer<String> dropped;
    private final Map<String, Instant> used;

    /**
     * No names yet.
     *
     * @param dropped is told of a name that has made room, so that its meters can be removed
     */
    public BoundedLabels(int most, Clock clock, Consumer<String> dropped) {
        this.most = most;
        this.clock = clock;
        this.dropped = dropped;
        used = new LinkedHashMap<>(16, 0.75f, true); // the one that was not used for longest comes first
    }

    /** The label for a name: itself, or {@value #OTHER} where it is empty or there is no room. */
    public synchronized String of(String name) {
        Instant now = clock.instant();
        if (name.isEmpty() || name.equals(OTHER) || !used.containsKey(name) && !hasRoom(now)) {
            return OTHER;
        }
        used.put(name, now);
        return name;
    }

    private boolean hasRoom(Instant now) {
        if (used.size() < most) {
            return true;
        }
        Iterator<Map.Entry<String, Instant>> oldest = used.entrySet().iterator();
        Map.Entry<String, Instant> entry = oldest.next();
        if (entry.getValue().plus(IDLE).isAfter(now)) {
            return false;
        }
        String name = entry.getKey();
        oldest.remove();
        dropped.accept(name);
        return true;
    }
}
