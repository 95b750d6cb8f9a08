package org.facteur.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.view.Flags;

/** Flags as STORE and APPEND give them. */
final class FlagList {
    private static final Set<String> SYSTEM = Set.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft");
    private static final int MAX_FLAGS = 100;
    private static final int MAX_LENGTH = 100;

    private FlagList() {}

    /** {@code flag-list / (flag *(SP flag))}. */
    static List<String> parse(Arguments in) {
        List<String> flags = new ArrayList<>();
        if (in.peek('(')) {
            flags.addAll(in.list(in::flag));
        } else {
            do {
                flags.add(in.flag());
            } while (in.skip(' '));
        }
        return checked(flags);
    }

    /** {@code flag-list}. */
    static List<String> parseList(Arguments in) {
        return checked(in.list(in::flag));
    }

    /** Drops \Recent, which clients copy from messages elsewhere (RFC 3501 section 2.3.2); refuses other unknown ones. */
    private static List<String> checked(List<String> flags) {
        List<String> known = flags.stream()
                .map(Flags::canonical)
                .filter(flag -> !flag.equals("\\Recent"))
                .distinct()
                .toList();
        for (String flag : known) {
            if (flag.charAt(0) == '\\' && !SYSTEM.contains(flag) || flag.length() > MAX_LENGTH) {
                throw new SyntaxError("no such flag");
            }
        }
        if (known.size() > MAX_FLAGS) {
            throw new SyntaxError("too many flags");
        }
        return known;
    }
}
