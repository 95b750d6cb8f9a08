package org.facteur.mail.mime;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.header.HeaderField;
import org.facteur.mail.header.HeaderFields;

/**
 * One part of a message, in place: offsets are absolute in the bytes that were parsed. A multipart has its parts as children, a
 * message part the message within it as its only child; any other part is a leaf.
 */
public final class MimePart {
    /** What a part contains. */
    public enum Kind {
        /** Content that is not looked into. */
        LEAF,
        /** Parts between delimiter lines (RFC 2046 section 5.1). */
        MULTIPART,
        /** A message (RFC 2046 section 5.2.1, RFC 6532 section 3.7). */
        MESSAGE
    }

    /** Most tags of Content-Language that are kept. */
    private static final int MAX_LANGUAGES = 100;

    private final HeaderFields header;
    private final Kind kind;
    private final ContentType contentType;
    private final List<MimePart> children;
    private final int headerStart;
    private final int bodyStart;
    private final int end;
    private final int lines;

    MimePart(
            HeaderFields header,
            Kind kind,
            ContentType contentType,
            List<MimePart> children,
            int headerStart,
            int bodyStart,
            int end,
            int lines) {
        this.header = header;
        this.kind = kind;
        this.contentType = contentType;
        this.children = List.copyOf(children);
        this.headerStart = headerStart;
        this.bodyStart = bodyStart;
        this.end = end;
        this.lines = lines;
    }

    /** The same part, empty, at another place: where its header would begin is behind the end of what contains it. */
    MimePart emptyAt(int offset) {
        return new MimePart(header, kind, contentType, List.of(), offset, offset, offset, 0);
    }

    /** The part's header fields; of a message, all of them. */
    public HeaderFields header() {
        return header;
    }

    /** What the part contains. */
    public Kind kind() {
        return kind;
    }

    /** The media type by which the part is treated and shown: its field's, or a default where the field is missing or wrong. */
    public ContentType contentType() {
        return contentType;
    }

    /** Parts of a multipart, or the message within a message part. */
    public List<MimePart> children() {
        return children;
    }

    /** Offset of the first octet of the header. */
    public int headerStart() {
        return headerStart;
    }

    /** Offset of the first octet of the body, behind the empty line. */
    public int bodyStart() {
        return bodyStart;
    }

    /** Offset behind the last octet; the line end before a delimiter line belongs to the delimiter. */
    public int end() {
        return end;
    }

    /** Octets of the body in its transfer encoding. */
    public int octets() {
        return end - bodyStart;
    }

    /** Line ends within the body. */
    public int lines() {
        return lines;
    }

    /** Content-ID with its angle brackets. */
    public Optional<String> id() {
        return field("Content-ID");
    }

    /** Content-Description as written, one character per octet. */
    public Optional<String> description() {
        return field("Content-Description");
    }

    /** Content-MD5 (RFC 1864). */
    public Optional<String> md5() {
        return field("Content-MD5");
    }

    /** Content-Location (RFC 2557). */
    public Optional<String> location() {
        return field("Content-Location");
    }

    /** Content-Disposition. */
    public Optional<Disposition> disposition() {
        return field("Content-Disposition").flatMap(Disposition::parse);
    }

    /** Tags of Content-Language (RFC 3282). */
    public List<String> languages() {
        return field("Content-Language").stream()
                .flatMap(value -> Arrays.stream(value.split(",", MAX_LANGUAGES + 1)))
                .limit(MAX_LANGUAGES)
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    /** Name of the transfer encoding as written, {@code 7bit} when there is none. */
    public String encodingName() {
        return encodingName(header);
    }

    /** The transfer encoding. */
    public TransferEncoding encoding() {
        return TransferEncoding.of(encodingName());
    }

    static String encodingName(HeaderFields header) {
        String value = header.first("Content-Transfer-Encoding")
                .map(HeaderField::octets)
                .orElse("");
        int comment = value.indexOf('(');
        int parameter = value.indexOf(';');
        int to = Math.min(comment < 0 ? value.length() : comment, parameter < 0 ? value.length() : parameter);
        String name = value.substring(0, to).strip();
        return name.isEmpty() ? "7bit" : name;
    }

    private Optional<String> field(String name) {
        return header.first(name).map(HeaderField::octets).filter(value -> !value.isEmpty());
    }
}
