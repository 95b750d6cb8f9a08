package org.facteur.platform.config;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The FACTEUR_ variables of the process (or of a test), read by way of {@link Setting}s. */
public final class Environment {
    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** An environment with these variables; others than FACTEUR_… are left out. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("FACTEUR_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The same environment with some variables set anew. */
    public Environment with(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(variables);
        all.putAll(changes);
        return of(all);
    }

    /** Whether a variable is set to something. */
    public boolean has(Setting<?> setting) {
        return !variables.getOrDefault(setting.name(), "").isBlank();
    }

    /** The value of a setting or its default; fails with {@link SettingException} where the text is not accepted. */
    public <T> T get(Setting<T> setting) {
        String text = has(setting) ? variables.get(setting.name()).strip() : setting.defaultText();
        try {
            return setting.parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(setting.name() + "=" + text + ": accepted is " + setting.accepted());
        }
    }

    /** Fails with {@link SettingException} when a FACTEUR_ variable is set that nobody knows: it is a typing error. */
    public void refuseUnknown(Collection<Setting<?>> known) {
        Set<String> names = known.stream().map(Setting::name).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(variables.keySet());
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            String name = unknown.iterator().next();
            throw new SettingException(name + "=" + variables.get(name)
                    + ": there is no such setting; accepted are those of `facteur config`");
        }
    }
}
