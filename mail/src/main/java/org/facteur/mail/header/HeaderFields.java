package org.facteur.mail.header;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The header of a message or a MIME part, indexed in place (RFC 5322 section 2.2). Lines may end in CRLF or a bare LF. A line
 * without a colon becomes a field without a name; it ends nothing. Offsets are absolute in the byte array.
 */
public final class HeaderFields implements Iterable<HeaderField> {
    /** Fields that are told apart; what follows them in the header is one more field without a name. */
    public static final int MAX_FIELDS = 10_000;

    private final List<HeaderField> fields;
    private final int start;
    private final int fieldsEnd;
    private final int bodyStart;

    private HeaderFields(List<HeaderField> fields, int start, int fieldsEnd, int bodyStart) {
        this.fields = fields;
        this.start = start;
        this.fieldsEnd = fieldsEnd;
        this.bodyStart = bodyStart;
    }

    /** Indexes the header at the start of a whole message. */
    public static HeaderFields parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    /** Indexes the header that begins at {@code from}; the message or part ends before {@code to}. */
    public static HeaderFields parse(byte[] bytes, int from, int to) {
        return parse(bytes, from, to, MAX_FIELDS);
    }

    /** As {@link #parse(byte[], int, int)}, with another bound than {@link #MAX_FIELDS}. */
    public static HeaderFields parse(byte[] bytes, int from, int to, int maxFields) {
        List<HeaderField> fields = new ArrayList<>(24);
        int pos = from;
        int rest = -1; // where the fields begin that are not told apart
        while (pos < to) {
            int blank = blankLine(bytes, pos, to);
            if (blank > 0) {
                addRest(fields, bytes, rest, pos);
                return new HeaderFields(fields, from, pos, pos + blank);
            }
            int start = pos;
            int colon = -1;
            do {
                while (pos < to && bytes[pos] != '\n') {
                    if (colon == -1 && bytes[pos] == ':') {
                        colon = pos;
                    }
                    pos++;
                }
                pos = Math.min(pos + 1, to);
                colon = colon == -1 ? -2 : colon; // a colon counts in the first line only
            } while (pos < to && (bytes[pos] == ' ' || bytes[pos] == '\t'));
            if (fields.size() < maxFields) {
                fields.add(field(bytes, start, colon, pos));
            } else if (rest < 0) {
                rest = start;
            }
        }
        addRest(fields, bytes, rest, to);
        return new HeaderFields(fields, from, to, to);
    }

    private static void addRest(List<HeaderField> fields, byte[] bytes, int start, int end) {
        if (start >= 0) {
            fields.add(new HeaderField(bytes, start, start, start, end));
        }
    }

    private static HeaderField field(byte[] bytes, int start, int colon, int end) {
        if (colon < 0) {
            return new HeaderField(bytes, start, start, start, end);
        }
        int nameEnd = colon;
        while (nameEnd > start && (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t')) {
            nameEnd--; // RFC 5322 section 4.5: white space before the colon
        }
        return new HeaderField(bytes, start, nameEnd, colon + 1, end);
    }

    /** Octets of the empty line at this place, 0 when there is none. */
    private static int blankLine(byte[] bytes, int pos, int to) {
        if (bytes[pos] == '\n') {
            return 1;
        }
        return bytes[pos] == '\r' && pos + 1 < to && bytes[pos + 1] == '\n' ? 2 : 0;
    }

    /** All fields from top to bottom. */
    public List<HeaderField> fields() {
        return Collections.unmodifiableList(fields);
    }

    /** The topmost field of that name. */
    public Optional<HeaderField> first(String name) {
        for (HeaderField field : fields) {
            if (field.named(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The fields of that name from top to bottom. */
    public List<HeaderField> all(String name) {
        List<HeaderField> found = new ArrayList<>(2);
        for (HeaderField field : fields) {
            if (field.named(name)) {
                found.add(field);
            }
        }
        return found;
    }

    /** How many fields have that name. */
    public int count(String name) {
        int count = 0;
        for (HeaderField field : fields) {
            count += field.named(name) ? 1 : 0;
        }
        return count;
    }

    /** Unfolded value of the topmost field of that name, as {@link HeaderField#value}. */
    public Optional<String> value(String name) {
        return first(name).map(HeaderField::value);
    }

    /**
     * The fields of these names (in any case), or with {@code except} all others, as they stand, with an empty line behind
     * them: HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 section 6.4.5.1).
     */
    public byte[] select(Collection<String> names, boolean except) {
        ByteArrayOutputStream selected = new ByteArrayOutputStream(256);
        for (HeaderField field : fields) {
            if (names.stream().anyMatch(field::named) != except) {
                field.copyTo(selected);
            }
        }
        selected.write('\r');
        selected.write('\n');
        return selected.toByteArray();
    }

    /** Offset of the header's first octet. */
    public int start() {
        return start;
    }

    /** Offset behind the last field: of the empty line, or of the end when there is no empty line. */
    public int fieldsEnd() {
        return fieldsEnd;
    }

    /** Offset of the body's first octet: behind the empty line, or the end when there is no empty line. */
    public int bodyStart() {
        return bodyStart;
    }

    @Override
    public Iterator<HeaderField> iterator() {
        return fields().iterator();
    }
}
