package org.facteur.platform.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The FACTEUR_ variables of the process (or of a test), read by way of {@link Setting}s. In a container secrets come as
 * files: {@code FACTEUR_X_FILE} names the file that holds the value of {@code FACTEUR_X}. What a file holds never stands in
 * a message.
 */
public final class Environment {
    private static final String PREFIX = "FACTEUR_";
    private static final String FILE = "_FILE";

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** An environment with these variables; others than FACTEUR_… are left out. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The same environment with some variables set anew, whether they were set by text or by file. */
    public Environment with(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(variables);
        changes.keySet().forEach(name -> all.remove(name + FILE));
        all.putAll(changes);
        return of(all);
    }

    /** Whether a variable is set to something, or a file is named for it. */
    public boolean has(Setting<?> setting) {
        return isSet(setting.name()) || isSet(setting.name() + FILE);
    }

    /**
     * The value of a setting or its default. Blocks for the file where one is named.
     *
     * @throws SettingException where the text is not accepted, the file cannot be read, or both are set
     */
    public <T> T get(Setting<T> setting) {
        return isSet(setting.name() + FILE) ? fromFile(setting) : fromText(setting);
    }

    private <T> T fromText(Setting<T> setting) {
        String text = isSet(setting.name()) ? variables.get(setting.name()).strip() : setting.defaultText();
        try {
            return setting.parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(setting.name() + "=" + text + ": accepted is " + setting.accepted());
        }
    }

    private <T> T fromFile(Setting<T> setting) {
        String name = setting.name() + FILE;
        String file = variables.get(name).strip();
        if (isSet(setting.name())) {
            throw new SettingException(
                    name + "=" + file + ": " + setting.name() + " is set as well; accepted is one of the two");
        }
        String text = content(name, file);
        try {
            return setting.parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(name + "=" + file + ": what the file holds is not " + setting.name()
                    + "; accepted is " + setting.accepted());
        }
    }

    /** The text of a file without the line ends that close it. */
    private static String content(String name, String file) {
        String text;
        try {
            text = Files.readString(Path.of(file)).replaceFirst("[\r\n]+\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new SettingException(name + "=" + file + ": cannot read the file: " + reason(e));
        }
        if (text.isBlank()) {
            throw new SettingException(name + "=" + file + ": the file is empty");
        }
        return text;
    }

    private static String reason(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is none";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        return cause.getMessage();
    }

    /** Fails with {@link SettingException} when a FACTEUR_ variable is set that nobody knows: it is a typing error. */
    public void refuseUnknown(Collection<Setting<?>> known) {
        Set<String> unknown = new TreeSet<>(variables.keySet());
        known.forEach(setting -> {
            unknown.remove(setting.name());
            unknown.remove(setting.name() + FILE);
        });
        if (!unknown.isEmpty()) {
            String name = unknown.iterator().next();
            throw new SettingException(name + "=" + variables.get(name)
                    + ": there is no such setting; accepted are those of `facteur config`");
        }
    }

    private boolean isSet(String name) {
        return !variables.getOrDefault(name, "").isBlank();
    }
}
