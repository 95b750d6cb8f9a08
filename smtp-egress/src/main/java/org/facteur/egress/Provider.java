package org.facteur.egress;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who runs a host: the organizational part of its name, such as {@code google.com} of {@code aspmx.l.google.com}. */
final class Provider {
    /** Second-level labels below which countries register organizations. */
    private static final Set<String> REGISTRIES =
            Set.of("ac", "co", "com", "edu", "go", "gob", "gov", "ne", "net", "nom", "or", "org", "plc", "sch");

    private Provider() {}

    /** The last two labels, three below a country's registry such as {@code co.uk}; empty for an address. */
    static String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.matches("[0-9.]+|.*[:\\[\\]].*")) {
            return "";
        }
        List<String> labels = List.of((name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\."));
        int count = labels.size();
        boolean registry =
                count > 2 && labels.get(count - 1).length() == 2 && REGISTRIES.contains(labels.get(count - 2));
        return String.join(".", labels.subList(Math.max(0, count - (registry ? 3 : 2)), count));
    }
}
