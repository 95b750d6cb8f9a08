package org.facteur.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.syntax.Wire;

/**
 * A section of a message (RFC 9051 section 6.4.5.1), what stands in the brackets of BODY[…].
 *
 * @param part numbers of the part from the outside in; empty for the message itself
 * @param kind which piece of that part
 * @param fields names of header fields as written; for the two kinds that have them
 */
public record Section(List<Integer> part, Kind kind, List<String> fields) {
    private static final int MAX_DEPTH = 100;

    /** A piece of a part. */
    public enum Kind {
        /** The whole part. */
        ALL(""),
        /** The header of the message, or of the message/rfc822 part. */
        HEADER("HEADER"),
        /** Only these fields of it. */
        HEADER_FIELDS("HEADER.FIELDS"),
        /** All but these fields of it. */
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        /** The body of the message, or of the message/rfc822 part. */
        TEXT("TEXT"),
        /** The MIME header of the part. */
        MIME("MIME");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Whether the kind is about a message, not any part. */
        boolean isOfMessage() {
            return this != ALL && this != MIME;
        }
    }

    /** The whole message. */
    public static final Section WHOLE = new Section(List.of(), Kind.ALL, List.of());

    /** The header of the message. */
    public static final Section HEADER = new Section(List.of(), Kind.HEADER, List.of());

    /** The body of the message. */
    public static final Section TEXT = new Section(List.of(), Kind.TEXT, List.of());

    /** Keeps its own copies. */
    public Section {
        part = List.copyOf(part);
        fields = List.copyOf(fields);
    }

    /** Reads from the opening to the closing bracket. */
    static Section parse(Arguments in) {
        in.expect('[');
        List<Integer> part = new ArrayList<>();
        Kind kind = Kind.ALL;
        while (!in.peek(']')) {
            if (in.peek("H") || in.peek("T") || in.peek("M")) {
                kind = kind(in.word(), part.isEmpty());
                break;
            }
            part.add((int) Math.min(in.nonZero(), Integer.MAX_VALUE));
            if (part.size() > MAX_DEPTH) {
                throw new SyntaxError("the part number is too deep");
            }
            if (!in.skip('.')) {
                break;
            }
            if (in.peek(']')) {
                throw new SyntaxError("the section ends with a dot");
            }
        }
        List<String> fields = List.of();
        if (kind == Kind.HEADER_FIELDS || kind == Kind.HEADER_FIELDS_NOT) {
            in.space();
            fields = in.list(in::astring);
            if (fields.isEmpty()) {
                throw new SyntaxError("no header fields named");
            }
        }
        in.expect(']');
        return new Section(part, kind, fields);
    }

    /** Reads a part number in brackets, for BINARY. */
    static Section parsePart(Arguments in) {
        Section section = parse(in);
        if (section.kind != Kind.ALL) {
            throw new SyntaxError("expected a part number");
        }
        return section;
    }

    private static Kind kind(String word, boolean ofMessage) {
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word) && !(kind == Kind.MIME && ofMessage)) {
                return kind;
            }
        }
        throw new SyntaxError("no such section");
    }

    /** The section as the response names it, with its brackets. */
    public String wire() {
        String numbers = part.stream().map(String::valueOf).collect(Collectors.joining("."));
        Wire wire = new Wire(32).text("[").text(numbers);
        if (kind != Kind.ALL) {
            wire.text(numbers.isEmpty() ? "" : ".").text(kind.word);
        }
        for (int i = 0; i < fields.size(); i++) {
            wire.text(i == 0 ? " (" : " ");
            String field = fields.get(i);
            if (field.matches("[!-~&&[^\\\\\"(){%*\\]]]+")) {
                wire.text(field);
            } else {
                wire.string(field);
            }
        }
        return wire.text(fields.isEmpty() ? "]" : ")]").toString();
    }

    /** The names of the fields, in lower case. */
    List<String> lowerCaseFields() {
        return fields.stream().map(field -> field.toLowerCase(Locale.ROOT)).toList();
    }
}
