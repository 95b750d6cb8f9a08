package org.facteur.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A section specification (RFC 9051 section 6.4.5.1), {@code section-part ["." section-text]}.
 *
 * @param numbers the part's number, outermost first; none for the message itself
 * @param text what of it
 */
record Section(List<Integer> numbers, Text text) {
    /** Most numbers in a row. */
    private static final int MAX_NUMBERS = 2 * MessageStructure.MAX_DEPTH;

    enum Text {
        /** All of the message, or the body of a part. */
        WHOLE,
        /** The header of a message. */
        HEADER,
        /** The body of a message. */
        TEXT,
        /** The header of a part. */
        MIME
    }

    static Optional<Section> parse(String section) {
        List<Integer> numbers = new ArrayList<>(4);
        int pos = 0;
        while (pos < section.length() && Character.digit(section.charAt(pos), 10) >= 0) {
            int dot = section.indexOf('.', pos);
            int end = dot < 0 ? section.length() : dot;
            Optional<Integer> number = number(section, pos, end);
            if (number.isEmpty() || numbers.size() == MAX_NUMBERS || end + 1 == section.length()) {
                return Optional.empty();
            }
            numbers.add(number.get());
            pos = end + 1;
        }
        String rest = pos < section.length() ? section.substring(pos).toUpperCase(Locale.ROOT) : "";
        return switch (rest) {
            case "" -> Optional.of(new Section(numbers, Text.WHOLE));
            case "HEADER" -> Optional.of(new Section(numbers, Text.HEADER));
            case "TEXT" -> Optional.of(new Section(numbers, Text.TEXT));
            case "MIME" -> numbers.isEmpty() ? Optional.empty() : Optional.of(new Section(numbers, Text.MIME));
            default -> Optional.empty();
        };
    }

    /** {@code nz-number}; one of more than six digits is none that a message could have. */
    private static Optional<Integer> number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || to - from > 6) {
                return Optional.empty();
            }
            number = number * 10 + c - '0';
        }
        return number == 0 ? Optional.empty() : Optional.of(number);
    }

    boolean isNumber() {
        return text == Text.WHOLE && !numbers.isEmpty();
    }

    /** The part that the numbers lead to; the root when there are none. */
    Optional<IndexedPart> part(IndexedPart root) {
        IndexedPart current = root;
        IndexedPart container = root; // the message or multipart that the next number counts in
        boolean inMessage = true;
        for (int number : numbers) {
            if (container.kind() == MimePart.Kind.MULTIPART) {
                if (number > container.children().size()) {
                    return Optional.empty();
                }
                current = container.children().get(number - 1);
            } else if (inMessage && number == 1) {
                current = container;
            } else {
                return Optional.empty();
            }
            inMessage = current.kind() == MimePart.Kind.MESSAGE;
            container = inMessage ? current.children().get(0) : current;
        }
        return Optional.of(current);
    }

    Optional<ByteRange> in(IndexedPart root) {
        Optional<IndexedPart> found = part(root);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        IndexedPart part = found.get();
        if (text == Text.MIME) {
            return Optional.of(part.header());
        }
        if (text == Text.WHOLE) {
            return Optional.of(numbers.isEmpty() ? new ByteRange(part.headerStart(), part.end()) : part.body());
        }
        if (!numbers.isEmpty() && part.kind() != MimePart.Kind.MESSAGE) {
            return Optional.empty(); // HEADER and TEXT are of messages only
        }
        IndexedPart message = numbers.isEmpty() ? part : part.children().get(0);
        return Optional.of(text == Text.HEADER ? message.header() : message.body());
    }
}
