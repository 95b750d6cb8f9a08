package org.facteur.mail.dkim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the octets that a signature covers: the signed fields and the signature's own field (RFC 6376 section 3.7). */
final class HeaderHash {
    private HeaderHash() {}

    /**
     * The input of the signature algorithm. Repeated names take fields from the bottom up, names without a field left add
     * nothing (RFC 6376 section 5.4.2).
     *
     * @param signature the signature's own field with its b= tag already empty; it goes last and without line end
     */
    static Bytes input(Canonicalization form, RawHeader header, List<String> names, RawField signature) {
        Bytes out = new Bytes(2048);
        Map<String, Integer> left = new HashMap<>();
        for (String name : names) {
            List<RawField> fields = header.fields(name);
            int next = left.getOrDefault(name, fields.size()) - 1;
            left.put(name, next);
            if (next >= 0) {
                form.field(fields.get(next), out);
            }
        }
        form.field(signature, out);
        out.truncate(out.length() - 2);
        return out;
    }

    /** A signature field without the value of its b= tag, everything else as it is. */
    static RawField withoutValue(RawField field, TagList.Tag b) {
        Bytes out = new Bytes(field.end() - field.start());
        out.add(field.bytes(), field.start(), b.start());
        out.add(field.bytes(), b.end(), field.end());
        if (b.end() >= field.contentEnd()) {
            out.truncate(b.start() - field.start());
            out.add('\r');
            out.add('\n');
        }
        return new RawField(out.array(), 0, field.colon() - field.start(), out.length());
    }
}
