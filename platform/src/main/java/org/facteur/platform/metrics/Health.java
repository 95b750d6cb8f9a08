package org.facteur.platform.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What /health/ready asks: named conditions that must all hold before a service takes traffic. Safe for any thread. */
public final class Health {
    private final Map<String, BooleanSupplier> conditions = new ConcurrentHashMap<>();

    /** Adds a condition such as {@code directory.addresses caught up}; the supplier must be quick and not block. */
    public void ready(String name, BooleanSupplier condition) {
        conditions.put(name, condition);
    }

    /** Every condition with its state now, sorted by name. */
    public Map<String, Boolean> state() {
        Map<String, Boolean> state = new TreeMap<>();
        conditions.forEach((name, condition) -> state.put(name, condition.getAsBoolean()));
        return state;
    }

    /** Whether all conditions hold. */
    public boolean isReady() {
        return conditions.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }
}
