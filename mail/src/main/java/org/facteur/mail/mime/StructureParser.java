package org.facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facteur.mail.header.HeaderFields;

/**
 * Parses the structure of one message in one pass over its lines. Invariants: {@code pos} is at the start of a line or at the
 * end; {@code lines} counts the line ends before it (the top header's excepted); {@code hit} is the level of the boundary whose
 * delimiter line was read last, or NONE when the end was reached.
 */
final class StructureParser {
    private static final int NONE = -1;
    /** Longest boundary that is matched, in octets; RFC 2046 section 5.1.1 allows 70. */
    private static final int MAX_BOUNDARY = 200;

    private final byte[] bytes;
    private final int to;
    private final List<byte[]> boundaries = new ArrayList<>();
    private int pos;
    private int lines;
    private int parts;
    private int fieldsLeft = HeaderFields.MAX_FIELDS;
    private int hit = NONE;
    private int hitStart;
    private int hitLines;
    private boolean hitCloses;

    StructureParser(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.pos = from;
        this.to = to;
    }

    MimePart parse() {
        return part(0, ContentType.DEFAULT);
    }

    private MimePart part(int depth, ContentType fallback) {
        boolean last = ++parts == MessageStructure.MAX_PARTS;
        if (last) {
            boundaries.clear();
        }
        int headerStart = pos;
        HeaderFields header = header(depth);
        boolean empty = hit != NONE;
        int bodyStart = pos;
        int bodyLines = lines;
        ContentType declared = declared(header, fallback);
        MimePart.Kind kind = last || empty ? MimePart.Kind.LEAF : kind(declared, header, depth);
        List<MimePart> children = new ArrayList<>(4);
        switch (kind) {
            case MULTIPART -> multipart(declared, depth, children);
            case MESSAGE -> children.add(part(depth + 1, ContentType.DEFAULT));
            default -> {
                if (!empty) {
                    skipToDelimiter();
                }
            }
        }
        if (kind == MimePart.Kind.MULTIPART && children.isEmpty()) {
            kind = MimePart.Kind.LEAF; // no delimiter line: the best that a reader can be shown is the text itself
            declared = ContentType.DEFAULT;
        }
        int end = hit == NONE ? to : beforeLineEnd(headerStart, hitStart);
        int count = hit == NONE ? lines - bodyLines : hitLines - bodyLines - (end < hitStart ? 1 : 0);
        keepInside(children, end);
        ContentType type = kind == MimePart.Kind.LEAF && container(declared) ? ContentType.OPAQUE : declared;
        return new MimePart(
                header, kind, type, children, headerStart, Math.min(bodyStart, end), end, Math.max(count, 0));
    }

    private static ContentType declared(HeaderFields header, ContentType fallback) {
        return header.first("Content-Type")
                .map(field -> ContentType.parse(field.octets()).orElse(ContentType.DEFAULT))
                .orElse(fallback);
    }

    private static boolean container(ContentType type) {
        return type.type().equals("multipart") || message(type);
    }

    private static boolean message(ContentType type) {
        return type.is("message", "rfc822") || type.is("message", "global");
    }

    private static MimePart.Kind kind(ContentType type, HeaderFields header, int depth) {
        if (depth + 1 >= MessageStructure.MAX_DEPTH) {
            return MimePart.Kind.LEAF;
        }
        if (type.type().equals("multipart")) {
            return MimePart.Kind.MULTIPART;
        }
        boolean readable =
                message(type) && TransferEncoding.of(MimePart.encodingName(header)) == TransferEncoding.IDENTITY;
        return readable ? MimePart.Kind.MESSAGE : MimePart.Kind.LEAF;
    }

    private void multipart(ContentType type, int depth, List<MimePart> children) {
        byte[] boundary = boundary(type);
        if (boundary.length == 0 || boundary.length > MAX_BOUNDARY) {
            skipToDelimiter();
            return;
        }
        int level = boundaries.size();
        boundaries.add(boundary);
        ContentType fallback = type.subtype().equals("digest") ? ContentType.MESSAGE : ContentType.DEFAULT;
        skipToDelimiter();
        while (hit == level && !hitCloses) {
            children.add(part(depth + 1, fallback));
        }
        while (boundaries.size() > level) {
            boundaries.remove(boundaries.size() - 1);
        }
        if (hit == level) {
            skipToDelimiter();
        }
    }

    private static byte[] boundary(ContentType type) {
        return type.parameters().octets("boundary").orElse("").stripTrailing().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The header at {@code pos}; a delimiter line within it ends the part before it has a body. */
    private HeaderFields header(int depth) {
        hit = NONE;
        int start = pos;
        if (boundaries.isEmpty()) {
            HeaderFields header = fields(start, to);
            pos = header.bodyStart();
            lines += depth == 0 ? 0 : lineEnds(start, pos);
            return header;
        }
        while (pos < to) {
            if (delimiter()) {
                return fields(start, beforeLineEnd(start, hitStart));
            }
            boolean blank = bytes[pos] == '\n' || (bytes[pos] == '\r' && pos + 1 < to && bytes[pos + 1] == '\n');
            nextLine();
            if (blank) {
                break;
            }
        }
        return fields(start, pos);
    }

    /** The bound on fields holds for all headers of the message together. */
    private HeaderFields fields(int from, int before) {
        HeaderFields fields = HeaderFields.parse(bytes, from, before, fieldsLeft);
        fieldsLeft = Math.max(fieldsLeft - fields.fields().size(), 0);
        return fields;
    }

    /** Goes on to behind the next delimiter line of any open multipart, or to the end. */
    private void skipToDelimiter() {
        hit = NONE;
        boolean open = !boundaries.isEmpty();
        while (pos < to && !(open && delimiter())) {
            nextLine();
        }
    }

    private void nextLine() {
        int i = pos;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        lines += i < to ? 1 : 0;
        pos = Math.min(i + 1, to);
    }

    /**
     * Whether a delimiter line begins at {@code pos}; if so, it is read. RFC 2046 section 5.1.1: the boundary at the start of
     * the line suffices; where two fit, the longer one is meant.
     */
    private boolean delimiter() {
        if (bytes[pos] != '-' || pos + 2 >= to || bytes[pos + 1] != '-') {
            return false;
        }
        int longest = 0;
        for (int level = boundaries.size() - 1; level >= 0; level--) {
            byte[] boundary = boundaries.get(level);
            int from = pos + 2;
            int length = boundary.length;
            if (length > longest
                    && length <= to - from
                    && Arrays.equals(bytes, from, from + length, boundary, 0, length)) {
                longest = length;
                hit = level;
            }
        }
        if (longest == 0) {
            return false;
        }
        int behind = pos + 2 + longest;
        hitCloses = behind + 1 < to && bytes[behind] == '-' && bytes[behind + 1] == '-';
        hitStart = pos;
        hitLines = lines;
        nextLine();
        return true;
    }

    /** Offset of the line end before the line at {@code lineStart}, but not before {@code least}. */
    private int beforeLineEnd(int least, int lineStart) {
        int end = lineStart;
        if (end > least && bytes[end - 1] == '\n') {
            end--;
            end -= end > least && bytes[end - 1] == '\r' ? 1 : 0;
        }
        return end;
    }

    private int lineEnds(int from, int before) {
        int count = 0;
        for (int i = from; i < before; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** A part between two delimiter lines that touch begins where its container has already ended. */
    private static void keepInside(List<MimePart> children, int end) {
        int last = children.size() - 1;
        if (last >= 0 && children.get(last).headerStart() > end) {
            children.set(last, children.get(last).emptyAt(end));
        }
    }
}
