package org.facteur.verifier.results;

/** Builds the field word by word, folding before the words that would make a line too long; one method per line. */
final class FieldText {
    private static final int WIDTH = 78;
    private static final int LONGEST_VALUE = 300;

    private final StringBuilder out = new StringBuilder(500);
    private int column;

    FieldText(String start) {
        out.append(start);
        column = start.length();
    }

    FieldText method(String name, String result) {
        out.append(";\r\n\t").append(name).append('=').append(result);
        column = 8 + name.length() + 1 + result.length();
        return this;
    }

    FieldText reason(String text) {
        return text.isEmpty() ? this : word("reason=" + quoted(text));
    }

    FieldText property(String name, String value) {
        return word(name + "=" + (isToken(value) ? value : isAddress(value) ? value : quoted(value)));
    }

    FieldText comment(String text) {
        return text.isEmpty() ? this : word("(" + printable(text).replaceAll("[()\\\\]", "?") + ")");
    }

    String finish() {
        return out.append("\r\n").toString();
    }

    private FieldText word(String word) {
        if (column + 1 + word.length() > WIDTH) {
            out.append("\r\n\t ");
            column = 9;
        } else {
            out.append(' ');
            column++;
        }
        out.append(word);
        column += word.length();
        return this;
    }

    /** {@code token} of RFC 2045 section 5.1. */
    private static boolean isToken(String value) {
        return value.matches("[A-Za-z0-9!#$%&'*+.^_`{|}~-]+");
    }

    private static boolean isAddress(String value) {
        return value.matches("[A-Za-z0-9!#$%&'*+/?^_`{|}~.=-]+@[A-Za-z0-9.-]+");
    }

    private static String quoted(String text) {
        return '"' + printable(text).replaceAll("[\"\\\\]", "'") + '"';
    }

    private static String printable(String text) {
        String cut = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
