package org.facteur.mail.mime;

import org.facteur.mail.header.HeaderFields;

/**
 * The tree of MIME parts of a message (RFC 2045, RFC 2046). Every sequence of octets has one; it is found in linear time.
 *
 * @param root the message itself, whose header is the message's
 */
public record MessageStructure(MimePart root) {
    /** Levels of multiparts and messages that are looked into; what lies deeper is an opaque leaf. */
    public static final int MAX_DEPTH = 50;
    /** Parts that are told apart; the last one then reaches to the end of the message. */
    public static final int MAX_PARTS = 1000;

    /** Parses a whole message. */
    public static MessageStructure parse(byte[] message) {
        return parse(message, 0, message.length);
    }

    /** Parses the message from {@code from} to before {@code to}. All offsets of the result are absolute in the array. */
    public static MessageStructure parse(byte[] bytes, int from, int to) {
        return new MessageStructure(new StructureParser(bytes, from, to).parse());
    }

    /** The message's header. */
    public HeaderFields header() {
        return root.header();
    }

    /** The index of the parts, its offsets counted from the message's first octet. */
    public PartIndex index() {
        return PartIndex.of(this);
    }
}
