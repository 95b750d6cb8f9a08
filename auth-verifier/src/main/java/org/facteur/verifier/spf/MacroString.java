package org.facteur.verifier.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with macros (RFC 7208 section 7), parsed.
 *
 * <pre>
 * macro-expand     = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
 * transformers     = *DIGIT [ "r" ]
 * delimiter        = "." / "-" / "+" / "," / "/" / "_" / "="
 * </pre>
 */
final class MacroString {
    private static final Pattern MACRO = Pattern.compile("%\\{([a-zA-Z])(\\d*)([rR]?)([-.+,/_=]*)\\}");
    private static final Pattern TOP_LABEL = Pattern.compile("(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]*+(?<!-))?+");
    private static final int LONGEST_TEXT = 16_384;

    /** Literal text where {@code letter} is 0, else a macro. */
    private record Part(String literal, char letter, int keep, boolean reverse, String delimiters) {}

    /** What the macro letters stand for; lower-case letters only. */
    @FunctionalInterface
    interface Values {
        /** The value of a letter. */
        String of(char letter);
    }

    private final String text;
    private final List<Part> parts;

    private MacroString(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** The text as it was written, macros and all. */
    @Override
    public String toString() {
        return text;
    }

    /** Parses a domain-spec: it ends in a macro, or in a dot and a top label. */
    static MacroString domain(String text) throws SpfException {
        MacroString macros = parse(text, "slodipvh", false);
        Part last = macros.parts.isEmpty() ? null : macros.parts.get(macros.parts.size() - 1);
        if (last == null || last.letter == 0 && !endsInTopLabel(text)) {
            throw SpfException.permanent("not a domain: " + text);
        }
        return macros;
    }

    /** Parses the value of an unknown modifier, which has to be well-formed though nobody uses it. */
    static MacroString any(String text) throws SpfException {
        return parse(text, "slodipvhcrt", false);
    }

    /** Parses an explanation as it stands in DNS, with spaces and the letters that only it may use. */
    static MacroString explanation(String text) throws SpfException {
        return parse(text, "slodipvhcrt", true);
    }

    /** Whether a letter occurs. */
    boolean uses(char letter) {
        return parts.stream().anyMatch(part -> Character.toLowerCase(part.letter) == letter);
    }

    /** Puts the values in; the end of it where it is enormous, for names are cut on the left too. */
    String expand(Values values) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            out.append(part.letter == 0 ? part.literal : expand(part, values));
            if (out.length() > LONGEST_TEXT) {
                out.delete(0, out.length() - LONGEST_TEXT);
            }
        }
        return out.toString();
    }

    private static String expand(Part part, Values values) {
        String value = values.of(Character.toLowerCase(part.letter));
        if (part.keep > 0 || part.reverse || !part.delimiters.isEmpty()) {
            String delimiters = part.delimiters.isEmpty() ? "." : part.delimiters;
            List<String> words = new ArrayList<>(Arrays.asList(value.split("[" + Pattern.quote(delimiters) + "]", -1)));
            if (part.reverse) {
                Collections.reverse(words);
            }
            int from = part.keep == 0 ? 0 : Math.max(0, words.size() - part.keep);
            value = String.join(".", words.subList(from, words.size()));
        }
        return Character.isUpperCase(part.letter) ? escape(value) : value;
    }

    /** Percent-encodes all but the unreserved characters of RFC 3986 section 2.3. */
    private static String escape(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (plain || "-._~".indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private static MacroString parse(String text, String letters, boolean spaces) throws SpfException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher matcher = MACRO.matcher(text);
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c != '%') {
                if (c > 126 || c < 32 || c == ' ' && !spaces) {
                    throw SpfException.permanent("character not allowed in " + printable(text));
                }
                literal.append(c);
                i++;
                continue;
            }
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (next == '%' || next == '_' || next == '-') {
                literal.append(next == '%' ? "%" : next == '_' ? " " : "%20");
                i += 2;
                continue;
            }
            if (!matcher.find(i) || matcher.start() != i || letters.indexOf(lower(matcher.group(1))) < 0) {
                throw SpfException.permanent("bad macro in " + printable(text));
            }
            if (!literal.isEmpty()) {
                parts.add(new Part(literal.toString(), (char) 0, 0, false, ""));
                literal.setLength(0);
            }
            parts.add(macro(matcher, text));
            i = matcher.end();
        }
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), (char) 0, 0, false, ""));
        }
        return new MacroString(text, parts);
    }

    private static Part macro(Matcher matcher, String text) throws SpfException {
        String digits = matcher.group(2);
        int keep = 0;
        if (!digits.isEmpty()) {
            keep = digits.length() > 3 ? 999 : Integer.parseInt(digits);
            if (keep == 0) {
                throw SpfException.permanent("zero in a macro of " + printable(text));
            }
        }
        return new Part("", matcher.group(1).charAt(0), keep, !matcher.group(3).isEmpty(), matcher.group(4));
    }

    /** {@code domain-end = ( "." toplabel [ "." ] ) / macro-expand}, of a text whose macros are sound. */
    private static boolean endsInTopLabel(String text) {
        int last = text.length() - 1;
        int percents = 0;
        while (percents < last && text.charAt(last - 1 - percents) == '%') {
            percents++;
        }
        if (percents % 2 == 1 && "%_-".indexOf(text.charAt(last)) >= 0) {
            return true;
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int dot = name.lastIndexOf('.');
        return dot >= 0 && TOP_LABEL.matcher(name.substring(dot + 1)).matches();
    }

    private static char lower(String letter) {
        return Character.toLowerCase(letter.charAt(0));
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
