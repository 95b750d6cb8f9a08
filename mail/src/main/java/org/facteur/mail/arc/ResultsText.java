package org.facteur.mail.arc;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the value of a results field into parts at semicolons, and these into words at white space: comments gone, quotes
 * resolved, no space left around an equals sign.
 */
final class ResultsText {
    /** No bound on the parts but the field's own length. */
    static final int ALL = Integer.MAX_VALUE;

    private final String text;
    private final List<List<String>> parts = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    /** Whether the word has an equals sign with nothing behind it yet, so that the next one goes on with it. */
    private boolean open;

    private ResultsText(String text) {
        this.text = text;
        parts.add(words);
    }

    /** The parts; reading ends at the {@code most}-th semicolon. */
    static List<List<String>> parts(String text, int most) {
        ResultsText reader = new ResultsText(text);
        reader.read(most);
        return reader.parts;
    }

    private void read(int most) {
        int i = 0;
        while (i < text.length() && parts.size() <= most) {
            char c = text.charAt(i);
            if (c == '(') {
                i = comment(i);
                endWord();
            } else if (c == '"') {
                i = quoted(i + 1);
            } else {
                take(c);
                i++;
            }
        }
        open = false;
        endWord();
    }

    private void take(char c) {
        if (c == ';') {
            open = false;
            endWord();
            words = new ArrayList<>();
            parts.add(words);
        } else if (c <= ' ') {
            endWord();
        } else if (c == '=' && word.indexOf("=") < 0) {
            if (word.length() == 0
                    && !words.isEmpty()
                    && words.get(words.size() - 1).indexOf('=') < 0) {
                word.append(words.remove(words.size() - 1));
            }
            word.append('=');
            open = true;
        } else {
            word.append(c);
            open = false;
        }
    }

    private void endWord() {
        if (word.length() > 0 && !open) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** Appends what is quoted; gives the place behind the closing quote. */
    private int quoted(int from) {
        open = false;
        int i = from;
        for (; i < text.length() && text.charAt(i) != '"'; i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            word.append(text.charAt(i));
        }
        return i + 1;
    }

    /** The place behind a comment, which may hold others. */
    private int comment(int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }
}
