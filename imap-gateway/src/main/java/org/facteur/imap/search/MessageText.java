package org.facteur.imap.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * What is searched in a message: unfolded header fields with encoded words decoded, and the text of its parts with transfer
 * encoding and charset undone. Kept folded, as {@link #fold} leaves it.
 *
 * @param fields in their order
 * @param parts text of the text parts, and of the headers of attached messages
 */
record MessageText(List<Field> fields, List<String> parts) {
    /** A field; {@code name} in lower case. */
    record Field(String name, String value) {}

    /** Text as it is compared: without case, compatible characters as one (RFC 9051 section 6.4.4, i;unicode-casemap). */
    static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether a field of that name holds a folded text. */
    boolean hasField(String name, String folded) {
        return fields.stream()
                .anyMatch(field -> field.name().equalsIgnoreCase(name)
                        && fold(field.value()).contains(folded));
    }

    /** Whether a part holds a folded text. */
    boolean bodyHas(String folded) {
        return parts.stream().anyMatch(part -> fold(part).contains(folded));
    }

    /** Whether a field, as it stands in the header, or a part holds a folded text. */
    boolean has(String folded) {
        return bodyHas(folded)
                || fields.stream().anyMatch(field -> fold(field.name() + ": " + field.value())
                        .contains(folded));
    }
}
