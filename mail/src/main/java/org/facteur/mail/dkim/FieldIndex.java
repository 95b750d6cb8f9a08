package org.facteur.mail.dkim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds fields by name: chains of field numbers by the hash of the lower-case name, in two arrays, without a string per field. */
final class FieldIndex {
    private static final int NONE = -1;

    private final List<RawField> fields;
    private final int[] heads;
    private final int[] next;

    FieldIndex(List<RawField> fields) {
        this.fields = fields;
        heads = new int[Math.max(16, Integer.highestOneBit(fields.size()) * 2)];
        next = new int[fields.size()];
        Arrays.fill(heads, NONE);
        for (int i = fields.size() - 1; i >= 0; i--) {
            int slot = slot(hash(fields.get(i)));
            next[i] = heads[slot];
            heads[slot] = i;
        }
    }

    /** The fields of a name (lower case), top down. */
    List<RawField> find(String name) {
        List<RawField> found = List.of();
        for (int i = heads[slot(name.hashCode())]; i != NONE; i = next[i]) {
            RawField field = fields.get(i);
            if (field.isNamed(name)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(field);
            }
        }
        return found;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & heads.length - 1;
    }

    /** As {@link String#hashCode()} of the name. */
    private static int hash(RawField field) {
        int hash = 0;
        for (int i = field.start(), end = field.nameEnd(); i < end; i++) {
            hash = 31 * hash + RawField.lower(field.bytes()[i]);
        }
        return hash;
    }
}
