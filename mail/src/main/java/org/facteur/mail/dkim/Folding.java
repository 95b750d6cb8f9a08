package org.facteur.mail.dkim;

import java.util.List;

/** Folds the values of a signature field into lines of less than 78 characters (RFC 5322 section 2.1.1). */
public final class Folding {
    private static final int WIDTH = 76;

    private Folding() {}

    /** Appends words with a separator behind each but the last, folding between them. */
    public static void join(StringBuilder out, List<String> words, char separator) {
        int column = column(out);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i) + (i + 1 < words.size() ? separator : "");
            if (column + word.length() > WIDTH && i > 0) {
                out.append("\r\n\t ");
                column = 9;
            }
            out.append(word);
            column += word.length();
        }
    }

    /** Appends text that may be folded anywhere, such as base64. */
    public static void text(StringBuilder out, String text) {
        int from = 0;
        int room = WIDTH - column(out);
        while (text.length() - from > room) {
            out.append(text, from, from + room).append("\r\n\t ");
            from += room;
            room = WIDTH - 9;
        }
        out.append(text, from, text.length());
    }

    private static int column(StringBuilder out) {
        return out.length() - out.lastIndexOf("\n") + 7;
    }
}
