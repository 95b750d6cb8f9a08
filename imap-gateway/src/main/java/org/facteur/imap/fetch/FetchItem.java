package org.facteur.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.SyntaxError;

/** One thing that FETCH asks for (RFC 9051 section 6.4.5). */
public sealed interface FetchItem {
    /** Something that is stored as it is asked for. */
    enum Simple implements FetchItem {
        /** The UID. */
        UID,
        /** Flags and keywords. */
        FLAGS,
        /** The modification sequence (RFC 7162 section 3.1.4). */
        MODSEQ,
        /** When the message arrived. */
        INTERNALDATE,
        /** When the message came into this mailbox (RFC 8514). */
        SAVEDATE,
        /** Octets of the message. */
        RFC822_SIZE,
        /** The envelope. */
        ENVELOPE,
        /** The structure without extension data. */
        BODY,
        /** The structure. */
        BODYSTRUCTURE,
        /** The id of the message's content (RFC 8474). */
        EMAILID,
        /** The id of the message's thread (RFC 8474). */
        THREADID;

        /** Whether the view of the mailbox knows it, so that the database need not be asked. */
        public boolean isInView() {
            return this == UID || this == FLAGS || this == MODSEQ;
        }
    }

    /** {@code <first.count>} in a request. */
    record Partial(long first, long count) {}

    /**
     * Octets of the message.
     *
     * @param label how the response names it, without the partial
     * @param peek whether the message stays unseen
     */
    record Body(String label, Section section, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /** A part with its content transfer encoding undone (RFC 9051 section 6.4.5, BINARY). */
    record Binary(Section section, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /** Octets of a part with its content transfer encoding undone. */
    record BinarySize(Section section) implements FetchItem {}

    /** Whether asking for it makes the message seen. */
    default boolean marksSeen() {
        return this instanceof Body body && !body.peek || this instanceof Binary binary && !binary.peek;
    }

    /** Names to the items that they stand for. */
    Map<String, List<FetchItem>> NAMES = Map.ofEntries(
            Map.entry("ALL", List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE, Simple.ENVELOPE)),
            Map.entry("FAST", List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE)),
            Map.entry(
                    "FULL",
                    List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE, Simple.ENVELOPE, Simple.BODY)),
            Map.entry("UID", List.of(Simple.UID)),
            Map.entry("FLAGS", List.of(Simple.FLAGS)),
            Map.entry("MODSEQ", List.of(Simple.MODSEQ)),
            Map.entry("INTERNALDATE", List.of(Simple.INTERNALDATE)),
            Map.entry("SAVEDATE", List.of(Simple.SAVEDATE)),
            Map.entry("ENVELOPE", List.of(Simple.ENVELOPE)),
            Map.entry("BODYSTRUCTURE", List.of(Simple.BODYSTRUCTURE)),
            Map.entry("EMAILID", List.of(Simple.EMAILID)),
            Map.entry("THREADID", List.of(Simple.THREADID)),
            Map.entry("RFC822.SIZE", List.of(Simple.RFC822_SIZE)),
            Map.entry("RFC822", List.of(new Body("RFC822", Section.WHOLE, false, Optional.empty()))),
            Map.entry("RFC822.HEADER", List.of(new Body("RFC822.HEADER", Section.HEADER, true, Optional.empty()))),
            Map.entry("RFC822.TEXT", List.of(new Body("RFC822.TEXT", Section.TEXT, false, Optional.empty()))));

    /** {@code "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"}. */
    static List<FetchItem> parseAll(Arguments in) {
        List<FetchItem> items = new ArrayList<>();
        if (in.peek('(')) {
            in.list(() -> items.addAll(parse(in)));
            if (items.isEmpty()) {
                throw new SyntaxError("nothing to fetch");
            }
        } else {
            items.addAll(parse(in));
        }
        return items.stream().distinct().toList();
    }

    private static List<FetchItem> parse(Arguments in) {
        String name = in.word();
        if (!in.peek('[')) {
            List<FetchItem> items = name.equals("BODY") ? List.of(Simple.BODY) : NAMES.get(name);
            if (items == null) {
                throw new SyntaxError("no such fetch item: " + name);
            }
            return items;
        }
        return switch (name) {
            case "BODY", "BODY.PEEK" -> {
                Section section = Section.parse(in);
                yield List.of(new Body("BODY" + section.wire(), section, name.endsWith("K"), partial(in)));
            }
            case "BINARY", "BINARY.PEEK" -> List.of(new Binary(Section.parsePart(in), name.endsWith("K"), partial(in)));
            case "BINARY.SIZE" -> List.of(new BinarySize(Section.parsePart(in)));
            default -> throw new SyntaxError("no such fetch item: " + name);
        };
    }

    private static Optional<Partial> partial(Arguments in) {
        if (!in.skip('<')) {
            return Optional.empty();
        }
        long first = in.number64();
        in.expect('.');
        long count = in.number64();
        in.expect('>');
        if (count == 0) {
            throw new SyntaxError("a partial fetch of no octets");
        }
        return Optional.of(new Partial(first, count));
    }
}
