package org.facteur.admin.reports;

/** Text of strangers made fit to keep: without control characters, with an end. */
final class Words {
    private Words() {}

    /** At most {@code most} characters; control characters become spaces. */
    static String of(String text, int most) {
        String whole = text == null ? "" : text;
        String cut = whole.length() > most ? whole.substring(0, most) : whole;
        StringBuilder out = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return out.toString().strip();
    }
}
