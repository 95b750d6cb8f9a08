package org.facteur.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of a {@link PartIndex}: a version octet, then the parts in pre-order. A part is: kind and encoding in one
 * octet; distance of its header from its container's header, length of header, length of body; media type and charset, each as
 * the position in a table or as 0 and the text; for a container, how many children follow. Numbers have seven bits to an octet,
 * lowest first.
 */
final class PartIndexCodec {
    private static final int VERSION = 1;
    /** Stored form: entries may be added at the end, never moved. */
    private static final List<String> MEDIA_TYPES = List.of(
            "text/plain",
            "text/html",
            "multipart/alternative",
            "multipart/mixed",
            "multipart/related",
            "application/octet-stream",
            "application/pdf",
            "image/jpeg",
            "image/png",
            "image/gif",
            "message/rfc822",
            "multipart/signed",
            "multipart/report",
            "message/delivery-status",
            "text/calendar");
    /** Stored form: entries may be added at the end, never moved. */
    private static final List<String> CHARSETS =
            List.of("", "utf-8", "UTF-8", "us-ascii", "iso-8859-1", "windows-1252", "ISO-8859-1", "US-ASCII");

    private final byte[] octets;
    private int pos;
    private int parts;

    private PartIndexCodec(byte[] octets) {
        this.octets = octets;
    }

    static byte[] encode(PartIndex index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.write(VERSION);
        write(index.root(), 0, out);
        return out.toByteArray();
    }

    private static void write(IndexedPart part, int origin, ByteArrayOutputStream out) {
        out.write(part.kind().ordinal() << 4 | part.encoding().ordinal());
        number(part.headerStart() - origin, out);
        number(part.bodyStart() - part.headerStart(), out);
        number(part.end() - part.bodyStart(), out);
        text(part.mediaType(), MEDIA_TYPES, out);
        text(part.charset(), CHARSETS, out);
        if (part.kind() != MimePart.Kind.LEAF) {
            number(part.children().size(), out);
        }
        for (IndexedPart child : part.children()) {
            write(child, part.headerStart(), out);
        }
    }

    private static void text(String text, List<String> table, ByteArrayOutputStream out) {
        int known = table.indexOf(text);
        out.write(known + 1);
        if (known < 0) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            number(octets.length, out);
            out.writeBytes(octets);
        }
    }

    private static void number(int value, ByteArrayOutputStream out) {
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    static PartIndex decode(byte[] octets) {
        PartIndexCodec reader = new PartIndexCodec(octets);
        if (reader.octet() != VERSION) {
            throw new IllegalArgumentException("part index of unknown version");
        }
        PartIndex index = new PartIndex(reader.part(0, 0));
        if (reader.pos != octets.length) {
            throw new IllegalArgumentException("part index with octets behind its end");
        }
        return index;
    }

    private IndexedPart part(int origin, int depth) {
        if (++parts > MessageStructure.MAX_PARTS || depth > MessageStructure.MAX_DEPTH) {
            throw new IllegalArgumentException("part index with too many parts");
        }
        int head = octet();
        int kind = head >> 4;
        int encoding = head & 15;
        if (kind >= MimePart.Kind.values().length || encoding >= TransferEncoding.values().length) {
            throw new IllegalArgumentException("part index of unknown kind");
        }
        int headerStart = sum(origin, number());
        int bodyStart = sum(headerStart, number());
        int end = sum(bodyStart, number());
        String mediaType = text(MEDIA_TYPES);
        String charset = text(CHARSETS);
        int count = kind == 0 ? 0 : number();
        if (kind == MimePart.Kind.MESSAGE.ordinal() && count != 1) {
            throw new IllegalArgumentException("part index of a message part without its message");
        }
        List<IndexedPart> children = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            children.add(part(headerStart, depth + 1));
        }
        return new IndexedPart(
                MimePart.Kind.values()[kind],
                headerStart,
                bodyStart,
                end,
                mediaType,
                charset,
                TransferEncoding.values()[encoding],
                children);
    }

    private String text(List<String> table) {
        int known = octet();
        if (known > table.size()) {
            throw new IllegalArgumentException("part index of unknown text");
        }
        if (known > 0) {
            return table.get(known - 1);
        }
        int length = number();
        if (length > octets.length - pos) {
            throw new IllegalArgumentException("part index is cut off");
        }
        pos += length;
        return new String(octets, pos - length, length, StandardCharsets.ISO_8859_1);
    }

    private static int sum(int a, int b) {
        if (a > Integer.MAX_VALUE - b) {
            throw new IllegalArgumentException("part index with a number out of range");
        }
        return a + b;
    }

    private int number() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80 && value >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("part index with a number out of range");
    }

    private int octet() {
        if (pos == octets.length) {
            throw new IllegalArgumentException("part index is cut off");
        }
        return octets[pos++] & 0xff;
    }
}
