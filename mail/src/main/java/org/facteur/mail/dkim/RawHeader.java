package org.facteur.mail.dkim;

import java.util.ArrayList;
import java.util.List;

/**
 * The header of a message as slices of its bytes, in order, untouched: signatures are made of these very bytes. Any bytes give
 * a header; a line that is no field becomes a field with an empty name, and a message without an empty line has no body. Of
 * more than {@value #MAX_FIELDS} fields the rest is one field without a name.
 */
public final class RawHeader {
    /** Fields that are told apart. */
    public static final int MAX_FIELDS = 10_000;

    private final List<RawField> fields;
    private final int bodyStart;
    private final boolean whole;
    private final FieldIndex index;

    private RawHeader(List<RawField> fields, int bodyStart, boolean whole) {
        this.fields = List.copyOf(fields);
        this.bodyStart = bodyStart;
        this.whole = whole;
        this.index = new FieldIndex(this.fields);
    }

    /** Reads the header of the message in {@code bytes[from, to)}; the body may be missing from the slice. */
    public static RawHeader parse(byte[] bytes, int from, int to) {
        List<RawField> fields = new ArrayList<>(24);
        int line = from;
        int start = from;
        boolean whole = true;
        while (line < to) {
            boolean continues = RawField.isWsp(bytes[line]) && line > from;
            if (!continues && line > start && (whole = fields.size() < MAX_FIELDS)) {
                fields.add(field(bytes, start, line));
                start = line;
            }
            int next = lineEnd(bytes, line, to);
            if (isEmptyLine(bytes, line, next)) {
                addRest(fields, bytes, start, line);
                return new RawHeader(fields, next, whole);
            }
            line = next;
        }
        whole &= fields.size() < MAX_FIELDS;
        if (whole && line > start) {
            fields.add(field(bytes, start, line));
            start = line;
        }
        addRest(fields, bytes, start, line);
        return new RawHeader(fields, to, whole);
    }

    /** This header with the fields of complete lines in front of it, such as trace fields; the body stays where it is. */
    public RawHeader withPrepended(byte[] lines) {
        List<RawField> all = new ArrayList<>(parse(lines, 0, lines.length).fields);
        all.addAll(fields);
        return new RawHeader(all, bodyStart, whole);
    }

    /** This header where more of it follows in the message than was read. */
    public RawHeader cut() {
        return new RawHeader(fields, bodyStart, false);
    }

    /** This header without that very field. */
    RawHeader without(RawField field) {
        List<RawField> others = new ArrayList<>(fields);
        others.removeIf(other -> other == field);
        return new RawHeader(others, bodyStart, whole);
    }

    /** Whether all fields of the message are here and told apart; else nothing can be said about signatures. */
    public boolean isWhole() {
        return whole;
    }

    /** All fields, top down. */
    public List<RawField> fields() {
        return fields;
    }

    /** The fields of a name (lower case), top down. */
    public List<RawField> fields(String name) {
        return index.find(name);
    }

    /** Where the body begins in the bytes that were read: behind the empty line. */
    public int bodyStart() {
        return bodyStart;
    }

    private static RawField field(byte[] bytes, int start, int end) {
        for (int i = start; i < end && bytes[i] != '\n'; i++) {
            if (bytes[i] == ':') {
                return new RawField(bytes, start, i, end);
            }
        }
        return new RawField(bytes, start, start, end);
    }

    private static void addRest(List<RawField> fields, byte[] bytes, int start, int end) {
        if (end > start) {
            fields.add(new RawField(bytes, start, start, end));
        }
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, to);
    }

    private static boolean isEmptyLine(byte[] bytes, int line, int next) {
        int length = next - line;
        return length == 1 && bytes[line] == '\n' || length == 2 && bytes[line] == '\r' && bytes[line + 1] == '\n';
    }
}
