package org.facteur.ingress.command;

import java.util.ArrayList;
import java.util.List;

/** Words of a command's arguments, separated by one space or several. */
final class Words {
    private Words() {}

    /** The words; none in an empty text. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>(4);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    /** Whether a word is one to {@code most} digits. */
    static boolean isNumber(String word, int most) {
        boolean number = !word.isEmpty() && word.length() <= most;
        for (int i = 0; i < word.length() && number; i++) {
            number = word.charAt(i) >= '0' && word.charAt(i) <= '9';
        }
        return number;
    }
}
