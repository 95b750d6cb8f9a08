package org.facteur.mail.address;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Internationalised domain names as DNS has them: U-labels become A-labels (RFC 5890 section 2.3.2.1, RFC 5891 section 5), after the
 * mapping of case and width that UTS 46 gives. Unlike IDNA2003, which the JDK has, {@code ß} and {@code ς} are letters of
 * their own: {@code straße.example} and {@code strasse.example} have different owners.
 */
public final class Idn {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private Idn() {}

    /** The name in lower case A-labels; empty where a label has none. What is ASCII already is not checked further. */
    public static Optional<String> toAscii(String name) {
        if (Ascii.only(name)) {
            return Optional.of(lower(name));
        }
        if (name.length() > LONGEST_NAME + 1) {
            return Optional.empty();
        }
        List<String> labels = new ArrayList<>();
        for (String label : mapped(name).split("\\.", -1)) {
            if (label.codePointCount(0, label.length()) > LONGEST_LABEL
                    || label.codePoints().anyMatch(Idn::isDisallowed)) {
                return Optional.empty();
            }
            String ascii = Ascii.only(label) ? label : "xn--" + Punycode.encode(label);
            if (ascii.length() > LONGEST_LABEL) {
                return Optional.empty();
            }
            labels.add(ascii);
        }
        return Optional.of(String.join(".", labels));
    }

    private static String mapped(String name) {
        return Normalizer.normalize(lower(Normalizer.normalize(name, Normalizer.Form.NFKC)), Normalizer.Form.NFKC);
    }

    /** Each letter on its own, so that a sigma does not depend on its place; full stops of other scripts separate too. */
    private static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isIgnored(c))
                .map(c -> c == '\u3002' ? '.' : Character.toLowerCase(c))
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Soft hyphen, zero-width space, word joiner, byte order mark, variation selectors. */
    private static boolean isIgnored(int c) {
        return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff || c >= 0xfe00 && c <= 0xfe0f;
    }

    /** What no name has: controls, spaces, what is not assigned, and the sign that stands for octets that are no text. */
    private static boolean isDisallowed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0xfffc || c == 0xfffd;
        };
    }
}
