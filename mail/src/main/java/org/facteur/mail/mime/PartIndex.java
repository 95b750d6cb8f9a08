package org.facteur.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where every part of a message lies: computed once at delivery, stored beside the message, and enough to answer any
 * {@code BODY[section]} from the message's octets. A message of three parts takes some 40 octets.
 *
 * @param root the message itself
 */
public record PartIndex(IndexedPart root) {
    /** Longest name of a charset that is kept, in characters; no known one is longer. */
    private static final int MAX_CHARSET = 64;

    /** The index of a parsed message. */
    public static PartIndex of(MessageStructure message) {
        return new PartIndex(part(message.root(), message.root().headerStart()));
    }

    private static IndexedPart part(MimePart part, int origin) {
        List<IndexedPart> children = new ArrayList<>(part.children().size());
        for (MimePart child : part.children()) {
            children.add(part(child, origin));
        }
        return new IndexedPart(
                part.kind(),
                part.headerStart() - origin,
                part.bodyStart() - origin,
                part.end() - origin,
                part.contentType().mediaType(),
                part.contentType()
                        .parameters()
                        .octets("charset")
                        .filter(name -> name.length() <= MAX_CHARSET)
                        .orElse(""),
                part.encoding(),
                children);
    }

    /** The stored form. */
    public byte[] encode() {
        return PartIndexCodec.encode(this);
    }

    /** Reads the stored form; IllegalArgumentException when the octets are none. */
    public static PartIndex decode(byte[] octets) {
        return PartIndexCodec.decode(octets);
    }

    /** The index of this message with header fields of that many octets put before it (trace fields at delivery). */
    public PartIndex prepended(int octets) {
        return new PartIndex(root.moved(octets, true));
    }

    /**
     * Where a section of IMAP lies (RFC 9051 section 6.4.5.1): an empty text, {@code HEADER}, {@code TEXT}, {@code 1.2},
     * {@code 1.2.HEADER}, {@code 1.2.TEXT}, {@code 1.2.MIME}, in any case. Empty when the message has no such section or the
     * text is none. {@code HEADER.FIELDS} is a selection from {@code HEADER}.
     */
    public Optional<ByteRange> section(String section) {
        return Section.parse(section).flatMap(parsed -> parsed.in(root));
    }

    /** The part with that number, such as {@code 1.2}; {@code 1} is the body of a message that is no multipart. */
    public Optional<IndexedPart> part(String number) {
        return Section.parse(number).filter(Section::isNumber).flatMap(parsed -> parsed.part(root));
    }

    /** All text leaves in their order, those of attached messages included. */
    public List<IndexedPart> texts() {
        List<IndexedPart> texts = new ArrayList<>();
        collectTexts(root, texts);
        return texts;
    }

    private static void collectTexts(IndexedPart part, List<IndexedPart> texts) {
        if (part.isText()) {
            texts.add(part);
        }
        part.children().forEach(child -> collectTexts(child, texts));
    }
}
