package org.facteur.ingress.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.ingress.Refusal;

/**
 * The path of MAIL and RCPT and the parameters behind it.
 *
 * <pre>"FROM:" Reverse-path [SP Mail-parameters]; "TO:" Forward-path [SP Rcpt-parameters]</pre>
 *
 * @param text the mailbox without angle brackets and source route; empty for the null path
 * @param parameters what follows, words separated by spaces; empty for none
 */
record Path(String text, List<String> parameters) {
    /** Splits the arguments of a command; fails with 501 where they are not of that form. */
    static Path parse(String keyword, String arguments) {
        String expected = keyword + ":<address>";
        if (!arguments.regionMatches(true, 0, keyword + ":", 0, keyword.length() + 1)) {
            throw new Refusal(501, "5.5.4", "expected is " + expected);
        }
        int open = keyword.length() + 1;
        while (open < arguments.length() && arguments.charAt(open) == ' ') {
            open++; // many clients put a space there; RFC 5321 section 3.3 does not
        }
        int close = open < arguments.length() && arguments.charAt(open) == '<' ? end(arguments, open) : -1;
        if (close < 0) {
            throw new Refusal(501, "5.5.4", "expected is " + expected);
        }
        String rest = arguments.substring(close + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
            throw new Refusal(501, "5.5.4", "expected is " + expected);
        }
        String path = arguments.substring(open + 1, close);
        return new Path(withoutRoute(path), Words.of(rest));
    }

    /** The value of a parameter written {@code NAME=value}. */
    static Optional<String> value(String parameter, String name) {
        return parameter.regionMatches(true, 0, name + "=", 0, name.length() + 1)
                ? Optional.of(parameter.substring(name.length() + 1))
                : Optional.empty();
    }

    /** The parameter's name, for a reply. */
    static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
    }

    private static int end(String text, int open) {
        boolean quoted = false;
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** A source route is read and ignored (RFC 5321 section 4.1.1.3). */
    private static String withoutRoute(String path) {
        int colon = path.startsWith("@") ? path.indexOf(':') : -1;
        return colon < 0 ? path : path.substring(colon + 1);
    }
}
