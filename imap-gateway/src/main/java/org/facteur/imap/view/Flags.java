package org.facteur.imap.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flags and keywords of one message. Equal sets are one object within a mailbox, so a large mailbox costs a reference a
 * message, and the text on the wire is made once.
 */
public final class Flags {
    /** None at all. */
    public static final Flags NONE = of(List.of());

    private final List<String> names;
    private final String wire;

    private Flags(List<String> names) {
        this.names = names;
        this.wire = "(" + String.join(" ", names) + ")";
    }

    /** With these names; those that differ only in case are one (RFC 9051 section 2.3.2). */
    public static Flags of(List<String> names) {
        Map<String, String> byName = new TreeMap<>();
        for (String name : names) {
            byName.putIfAbsent(name.toLowerCase(Locale.ROOT), canonical(name));
        }
        return new Flags(List.copyOf(byName.values()));
    }

    /** The system's flags in the spelling of the RFC; keywords as they are. */
    public static String canonical(String name) {
        if (name.length() < 2 || name.charAt(0) != '\\') {
            return name;
        }
        return "\\" + Character.toUpperCase(name.charAt(1)) + name.substring(2).toLowerCase(Locale.ROOT);
    }

    /** Whether a flag or keyword is among them, in any case. */
    public boolean has(String name) {
        for (String each : names) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** The names, sorted. */
    public List<String> names() {
        return names;
    }

    /** These and one more. */
    public Flags with(String name) {
        if (has(name)) {
            return this;
        }
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return of(more);
    }

    /** As FETCH tells them, with the parentheses. */
    public String wire() {
        return wire;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flags flags && flags.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return wire;
    }
}
