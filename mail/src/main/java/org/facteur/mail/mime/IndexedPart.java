package org.facteur.mail.mime;

import java.util.List;
import org.facteur.mail.header.MailCharset;

/**
 * What the index keeps of a part. Offsets count from the message's first octet.
 *
 * @param kind leaf, multipart or message
 * @param headerStart offset of the header
 * @param bodyStart offset of the body
 * @param end offset behind the body
 * @param mediaType {@code type/subtype} in lower case
 * @param charset the charset parameter as written, empty when there is none
 * @param encoding the transfer encoding
 * @param children parts of a multipart, or the message within a message part
 */
public record IndexedPart(
        MimePart.Kind kind,
        int headerStart,
        int bodyStart,
        int end,
        String mediaType,
        String charset,
        TransferEncoding encoding,
        List<IndexedPart> children) {
    /** Keeps a copy of the children. */
    public IndexedPart {
        children = List.copyOf(children);
    }

    /** The header with the empty line behind it. */
    public ByteRange header() {
        return new ByteRange(headerStart, bodyStart);
    }

    /** The body in its transfer encoding. */
    public ByteRange body() {
        return new ByteRange(bodyStart, end);
    }

    /** Whether this is a leaf of media type text. */
    public boolean isText() {
        return kind == MimePart.Kind.LEAF && mediaType.startsWith("text/");
    }

    /**
     * The body without its transfer encoding. Of a body that is cut off in {@code message} what is there is taken.
     *
     * @param message the message's octets from its first
     */
    public byte[] content(byte[] message) {
        int to = Math.min(end, message.length);
        return encoding.decode(message, Math.min(bodyStart, to), to);
    }

    /** The content as text in the part's charset, as SEARCH wants it. */
    public String text(byte[] message) {
        return MailCharset.decode(content(message), charset);
    }

    /** This part moved towards the end by that many octets, its header's start left at 0 when {@code root}. */
    IndexedPart moved(int octets, boolean root) {
        return new IndexedPart(
                kind,
                root ? headerStart : headerStart + octets,
                bodyStart + octets,
                end + octets,
                mediaType,
                charset,
                encoding,
                children.stream().map(child -> child.moved(octets, false)).toList());
    }
}
