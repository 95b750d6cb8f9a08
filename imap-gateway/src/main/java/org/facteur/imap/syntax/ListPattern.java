package org.facteur.imap.syntax;

/**
 * A mailbox name with wildcards (RFC 9051 section 6.3.9): {@code *} stands for any characters, {@code %} for any except the
 * hierarchy delimiter; INBOX as the first level matches in any case.
 */
public final class ListPattern {
    /** The hierarchy delimiter of all mailbox names. */
    public static final char DELIMITER = '/';

    private final String pattern;

    private ListPattern(String pattern) {
        this.pattern = pattern;
    }

    /** The pattern of a LIST command: reference and mailbox name joined; runs of wildcards are shortened. */
    public static ListPattern of(String reference, String mailbox) {
        String joined = reference + mailbox;
        StringBuilder text = new StringBuilder(joined.length());
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            char last = text.length() == 0 ? 0 : text.charAt(text.length() - 1);
            if (c == '*' && (last == '*' || last == '%')) {
                text.setCharAt(text.length() - 1, '*');
            } else if (!(c == '%' && (last == '*' || last == '%'))) {
                text.append(c);
            }
        }
        return new ListPattern(inbox(text.toString()));
    }

    /** Whether a mailbox of that name is meant: walks the name and keeps which positions of the pattern it can have reached. */
    public boolean matches(String name) {
        int length = pattern.length();
        boolean[] reached = new boolean[length + 1];
        reached[0] = true;
        skipWild(reached);
        for (int i = 0; i < name.length(); i++) {
            boolean[] next = new boolean[length + 1];
            char c = name.charAt(i);
            for (int p = 0; p < length; p++) {
                if (!reached[p]) {
                    continue;
                }
                char want = pattern.charAt(p);
                if (want == '*' || want == '%' && c != DELIMITER) {
                    next[p] = true;
                } else if (want == c && !isWild(want)) {
                    next[p + 1] = true;
                }
            }
            skipWild(next);
            reached = next;
        }
        return reached[length];
    }

    private void skipWild(boolean[] reached) {
        for (int p = 0; p < pattern.length(); p++) {
            if (reached[p] && isWild(pattern.charAt(p))) {
                reached[p + 1] = true;
            }
        }
    }

    /** INBOX in its one spelling where a name is or begins with it in any case; other names as they are. */
    public static String inbox(String name) {
        if (name.regionMatches(true, 0, "INBOX", 0, 5) && (name.length() == 5 || name.charAt(5) == DELIMITER)) {
            return "INBOX" + name.substring(5);
        }
        return name;
    }

    private static boolean isWild(char c) {
        return c == '*' || c == '%';
    }
}
