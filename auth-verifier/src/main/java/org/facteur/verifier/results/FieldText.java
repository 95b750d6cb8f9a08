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
        return text.isEmpty()
                ? this
                : word("(" + printable(text).replace('(', '?').replace(')', '?').replace('\\', '?') + ")");
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
        return !value.isEmpty() && consistsOf(value, 0, value.length(), "!#$%&'*+.^_`{|}~-");
    }

    /** An address that needs no quoting: {@code dot-atom-text "@" domain} of letters, digits, dots and hyphens. */
    static boolean isAddress(String value) {
        int at = value.indexOf('@');
        return at > 0
                && at < value.length() - 1
                && consistsOf(value, 0, at, "!#$%&'*+/?^_`{|}~.=-")
                && consistsOf(value, at + 1, value.length(), ".-");
    }

    private static boolean consistsOf(String value, int from, int to, String others) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        return '"' + printable(text).replace('"', '\'').replace('\\', '\'') + '"';
    }

    private static String printable(String text) {
        int length = Math.min(text.length(), LONGEST_VALUE);
        StringBuilder printable = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            printable.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return printable.toString();
    }
}
