package org.facteur.mail.header;

import java.nio.charset.StandardCharsets;

/**
 * Writes header fields that the platform makes itself: CRLF, folded before white space so that lines stay within 78
 * characters where words allow it (RFC 5322 section 2.1.1). A line end within a value becomes a space, so no value can smuggle
 * in a field.
 */
public final class HeaderBuilder {
    private static final int LINE = 78;

    private final StringBuilder header = new StringBuilder(512);

    /** Appends a field whose value is already in its form on the wire. */
    public HeaderBuilder add(String name, String value) {
        header.append(name).append(':');
        fold(name.length() + 1, oneLine(value));
        header.append("\r\n");
        return this;
    }

    /** Appends an unstructured field, such as Subject, with encoded words where it is not ASCII. */
    public HeaderBuilder addText(String name, String text) {
        return add(name, EncodedWord.encode(oneLine(text)));
    }

    /** Appends an address field with one mailbox; an empty display name writes the address alone. */
    public HeaderBuilder addMailbox(String name, String displayName, String address) {
        String phrase = displayName.isBlank() ? "" : EncodedWord.encodePhrase(oneLine(displayName)) + " ";
        return add(name, phrase.isEmpty() ? address : phrase + "<" + address + ">");
    }

    private void fold(int column, String value) {
        int length = value.length();
        int used = column;
        int pos = 0;
        boolean first = true;
        while (pos < length || first) {
            int word = pos;
            while (word < length && space(value.charAt(word))) {
                word++;
            }
            int next = word;
            while (next < length && !space(value.charAt(next))) {
                next++;
            }
            if (word == next) {
                return; // white space at the end of a value is dropped
            }
            String gap = first || pos == word ? " " : value.substring(pos, word);
            if (!first && used + gap.length() + next - word > LINE) {
                header.append("\r\n");
                used = 0;
            }
            header.append(gap).append(value, word, next);
            used += gap.length() + next - word;
            first = false;
            pos = next;
        }
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\t';
    }

    private static String oneLine(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : value.replaceAll("[\\r\\n]+[ \\t]*", " ");
    }

    /** The fields in UTF-8, without the empty line that ends a header. */
    public byte[] toBytes() {
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The fields with their line ends. */
    @Override
    public String toString() {
        return header.toString();
    }
}
