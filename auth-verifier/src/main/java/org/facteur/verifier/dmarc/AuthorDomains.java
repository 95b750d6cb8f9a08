package org.facteur.verifier.dmarc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.verifier.AsciiDomain;

/** The domains of the addresses in From (RFC 5322 sections 3.4 and 3.6.2), read so that nothing can hide there. */
public final class AuthorDomains {
    private static final int LONGEST_FIELD = 65536;

    private AuthorDomains() {}

    /** Every different domain in From fields, in lower-case A-labels and in order; addresses without one give nothing. */
    public static List<String> of(List<String> fromValues) {
        Set<String> domains = new LinkedHashSet<>();
        for (String value : fromValues) {
            String text = value.length() > LONGEST_FIELD ? value.substring(0, LONGEST_FIELD) : value;
            for (String mailbox : mailboxes(text)) {
                int at = mailbox.lastIndexOf('@');
                String domain = at < 0 ? "" : toAscii(mailbox.substring(at + 1));
                if (!domain.isEmpty()) {
                    domains.add(domain);
                }
            }
        }
        return List.copyOf(domains);
    }

    /**
     * The addresses without their names: what stands in angle brackets where there are some, else the text between commas.
     * Comments go, and quoted strings count as one letter, for neither holds a domain.
     */
    private static List<String> mailboxes(String text) {
        List<String> found = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        boolean angles = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '(') {
                i = skipComment(text, i);
            } else if (c == '"') {
                i = skipQuoted(text, i);
                plain.append('q');
            } else if (c == '<') {
                StringBuilder address = new StringBuilder();
                i = angle(text, i + 1, address);
                found.add(address.toString());
                angles = true;
            } else if (c == ',' || c == ';' || c == ':') {
                addPlain(found, plain, angles);
                angles = false;
                i++;
            } else {
                plain.append(c);
                i++;
            }
        }
        addPlain(found, plain, angles);
        return found;
    }

    private static void addPlain(List<String> found, StringBuilder plain, boolean angles) {
        if (!angles && plain.indexOf("@") >= 0) {
            found.add(plain.toString());
        }
        plain.setLength(0);
    }

    private static int angle(String text, int from, StringBuilder out) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '>') {
            char c = text.charAt(i);
            if (c == '(') {
                i = skipComment(text, i);
            } else if (c == '"') {
                i = skipQuoted(text, i);
                out.append('q');
            } else {
                out.append(c);
                i++;
            }
        }
        return i + 1;
    }

    private static int skipQuoted(String text, int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    private static int skipComment(String text, int from) {
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
            i += c == '\\' ? 2 : 1;
        }
        return text.length();
    }

    private static String toAscii(String text) {
        String name = AsciiDomain.of(text.replaceAll("[ \\t\\r\\n]", ""));
        boolean valid = name.length() <= 253 && name.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+");
        return valid ? name : "";
    }
}
