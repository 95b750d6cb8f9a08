package org.facteur.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.header.HeaderField;
import org.facteur.mail.header.HeaderFields;

/**
 * The identifiers by which messages are threaded (RFC 5322 section 3.6.4), without angle brackets.
 *
 * @param messageId of the message itself
 * @param inReplyTo of what it answers
 * @param references of its ancestors, oldest first
 */
public record MessageReferences(Optional<String> messageId, List<String> inReplyTo, List<String> references) {
    /** Most identifiers that are taken from one field. */
    private static final int MAX = 1000;

    /** Keeps copies of the lists. */
    public MessageReferences {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
    }

    /** Reads Message-ID, In-Reply-To and References. */
    public static MessageReferences of(HeaderFields header) {
        return new MessageReferences(
                ids(header, "Message-ID").stream().findFirst(), ids(header, "In-Reply-To"), ids(header, "References"));
    }

    /** The ancestors, oldest first: References or, without it, the first of In-Reply-To (RFC 5256 section 3, REFERENCES). */
    public List<String> ancestors() {
        return references.isEmpty() ? inReplyTo.stream().limit(1).toList() : references;
    }

    private static List<String> ids(HeaderFields header, String name) {
        return header.first(name)
                .map(HeaderField::octets)
                .map(MessageReferences::ids)
                .orElse(List.of());
    }

    /** Every {@code "<" id ">"} of an unfolded value that has no white space within, one character per octet. */
    static List<String> ids(String value) {
        List<String> ids = new ArrayList<>(2);
        int start = -1;
        for (int i = 0; i < value.length() && ids.size() < MAX; i++) {
            char c = value.charAt(i);
            if (c == '<') {
                start = i + 1;
            } else if (c == '>') {
                if (start >= 0 && i > start) {
                    ids.add(value.substring(start, i));
                }
                start = -1;
            } else if (c <= ' ') {
                start = -1;
            }
        }
        return ids;
    }
}
