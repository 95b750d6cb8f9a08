package org.facteur.mail.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a message as slices of its bytes, in order, untouched: signatures are made of these very bytes. Any bytes give
 * a header; a line that is no field becomes a field with an empty name, and a message without an empty line has no body.
 */
public final class RawHeader {
    private final List<RawField> fields;
    private final int bodyStart;
    private final Map<String, List<RawField>> byName = new HashMap<>();

    private RawHeader(List<RawField> fields, int bodyStart) {
        this.fields = List.copyOf(fields);
        this.bodyStart = bodyStart;
        for (RawField field : fields) {
            byName.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field);
        }
    }

    /** Reads the header of the message in {@code bytes[from, to)}; the body may be missing from the slice. */
    public static RawHeader parse(byte[] bytes, int from, int to) {
        List<RawField> fields = new ArrayList<>(24);
        int line = from;
        int start = from;
        while (line < to) {
            int next = lineEnd(bytes, line, to);
            boolean continues = RawField.isWsp(bytes[line]) && line > from;
            if (!continues && line > start) {
                fields.add(field(bytes, start, line));
                start = line;
            }
            if (isEmptyLine(bytes, line, next)) {
                return new RawHeader(fields, next);
            }
            line = next;
        }
        if (line > start) {
            fields.add(field(bytes, start, line));
        }
        return new RawHeader(fields, to);
    }

    /** This header with the fields of complete lines in front of it, such as trace fields; the body stays where it is. */
    public RawHeader withPrepended(byte[] lines) {
        List<RawField> all = new ArrayList<>(parse(lines, 0, lines.length).fields);
        all.addAll(fields);
        return new RawHeader(all, bodyStart);
    }

    /** All fields, top down. */
    public List<RawField> fields() {
        return fields;
    }

    /** The fields of a name (lower case), top down. */
    public List<RawField> fields(String name) {
        return byName.getOrDefault(name, List.of());
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
