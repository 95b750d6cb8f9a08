package org.facteur.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Picks fields out of a header for HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 section 6.4.5.1). */
final class HeaderFields {
    private HeaderFields() {}

    /**
     * The fields with their folded lines as they are, and the empty line at the end.
     *
     * @param header a header with the empty line that ends it
     * @param names in lower case
     * @param not whether those are left out, instead of the others
     */
    static byte[] pick(byte[] header, List<String> names, boolean not) {
        ByteArrayOutputStream picked = new ByteArrayOutputStream(256);
        boolean taking = false;
        int at = 0;
        while (at < header.length) {
            int end = lineEnd(header, at);
            if (isEmptyLine(header, at, end)) {
                break;
            }
            if (header[at] != ' ' && header[at] != '\t') {
                taking = names.contains(name(header, at, end)) != not;
            }
            if (taking) {
                picked.write(header, at, end - at);
            }
            at = end;
        }
        picked.write('\r');
        picked.write('\n');
        return picked.toByteArray();
    }

    private static String name(byte[] header, int from, int to) {
        int colon = from;
        while (colon < to && header[colon] != ':') {
            colon++;
        }
        return new String(header, from, colon - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isEmptyLine(byte[] header, int from, int to) {
        return header[from] == '\n' || to - from == 2 && header[from] == '\r';
    }

    private static int lineEnd(byte[] header, int from) {
        for (int i = from; i < header.length; i++) {
            if (header[i] == '\n') {
                return i + 1;
            }
        }
        return header.length;
    }
}
