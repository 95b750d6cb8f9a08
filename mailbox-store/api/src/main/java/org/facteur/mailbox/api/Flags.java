package org.facteur.mailbox.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Flags of a message as the store keeps them: the system's as bits, keywords by name.
 *
 * @param bits sum of the constants of this class
 * @param keywords in the spelling of whoever set them first; equal when equal but for case
 */
public record Flags(int bits, List<String> keywords) {
    /** \Seen. */
    public static final int SEEN = 1;

    /** \Answered. */
    public static final int ANSWERED = 2;

    /** \Flagged. */
    public static final int FLAGGED = 4;

    /** \Deleted. */
    public static final int DELETED = 8;

    /** \Draft. */
    public static final int DRAFT = 16;

    /** None. */
    public static final Flags NONE = new Flags(0, List.of());

    private static final String[] NAMES = {"\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"};

    /** Copies the list. */
    public Flags {
        keywords = List.copyOf(keywords);
    }

    /** From the names of IMAP; a system flag that nobody can set, such as \Recent, is left out. */
    public static Flags of(List<String> names) {
        int bits = 0;
        List<String> keywords = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("\\")) {
                bits |= bit(name);
            } else if (keywords.stream().noneMatch(name::equalsIgnoreCase)) {
                keywords.add(name);
            }
        }
        return new Flags(bits, keywords);
    }

    /** The names of IMAP. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            if ((bits & 1 << i) != 0) {
                names.add(NAMES[i]);
            }
        }
        names.addAll(keywords);
        return names;
    }

    /** Whether all these bits are set. */
    public boolean has(int wanted) {
        return (bits & wanted) == wanted;
    }

    /** These and others. */
    public Flags plus(Flags more) {
        List<String> all = new ArrayList<>(keywords);
        more.keywords.stream()
                .filter(keyword -> all.stream().noneMatch(keyword::equalsIgnoreCase))
                .forEach(all::add);
        return new Flags(bits | more.bits, all);
    }

    /** These without others. */
    public Flags minus(Flags less) {
        return new Flags(
                bits & ~less.bits,
                keywords.stream()
                        .filter(keyword -> less.keywords.stream().noneMatch(keyword::equalsIgnoreCase))
                        .toList());
    }

    private static int bit(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return 1 << i;
            }
        }
        return 0;
    }
}
