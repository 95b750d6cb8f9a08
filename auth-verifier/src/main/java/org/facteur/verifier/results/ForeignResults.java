package org.facteur.verifier.results;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;

/** Finds and removes Authentication-Results fields that arrive with our authserv-id (RFC 8601 section 5). */
public final class ForeignResults {
    private static final String FIELD = "authentication-results";

    private ForeignResults() {}

    /** The fields that pretend to be ours, top down; nearly always none. */
    public static List<RawField> claiming(RawHeader header, String authservId) {
        return header.fields(FIELD).stream()
                .filter(field -> authservId(field.value()).equalsIgnoreCase(authservId))
                .toList();
    }

    /** The bytes {@code [0, length)} without these fields of it; only called where there are some. */
    public static byte[] without(byte[] bytes, int length, List<RawField> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        int at = 0;
        for (RawField field : fields) {
            out.write(bytes, at, field.start() - at);
            at = field.end();
        }
        out.write(bytes, at, length - at);
        return out.toByteArray();
    }

    /** The id at the start of a field's value: comments skipped, quotes taken off, a final dot too. */
    static String authservId(String value) {
        int i = skipComments(value, 0);
        StringBuilder id = new StringBuilder();
        boolean quoted = i < value.length() && value.charAt(i) == '"';
        for (i += quoted ? 1 : 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted ? c == '"' : c <= ' ' || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0) {
                break;
            }
            if (quoted && c == '\\' && i + 1 < value.length()) {
                c = value.charAt(++i);
            }
            id.append(c);
        }
        boolean dot = id.length() > 0 && id.charAt(id.length() - 1) == '.';
        return dot ? id.substring(0, id.length() - 1) : id.toString();
    }

    private static int skipComments(String value, int from) {
        int depth = 0;
        int i = from;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && c > ' ') {
                return i;
            }
            i += c == '\\' ? 2 : 1;
        }
        return value.length();
    }
}
