package org.facteur.mail.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.dkim.TagSyntaxException;

/**
 * The ARC sets of a message, their structure judged and no signature yet (RFC 8617 section 5.2, steps 1 to 3).
 *
 * @param sets all of them, i=1 first; empty where there are none or the structure is broken
 * @param highest the highest instance found; 0 where there is none
 * @param fault what is wrong with the structure; empty where nothing is
 * @param ended whether the last seal says cv=fail: nothing may be added to such a chain
 */
public record ArcChain(List<ArcSet> sets, int highest, String fault, boolean ended) {
    /** How many sets a message may have (RFC 8617 section 4.2.1). */
    public static final int MOST_SETS = 50;

    /** Reads a field of a set; fails with words for the report. */
    private interface Reader<T> {
        T read(RawField field) throws TagSyntaxException;
    }

    /** What was read of one kind of field. */
    private record Kind<T>(Map<Integer, T> byInstance, int highest, String fault) {}

    private record Instance<T>(int number, T value) {}

    /** Collects the sets of a header; never fails, however broken they are. */
    public static ArcChain of(RawHeader header) {
        Kind<RawField> results = read(
                header, "ARC-Authentication-Results", field -> new Instance<>(RecordedResults.instance(field), field));
        Kind<ArcMessageSignature> messages = read(header, "ARC-Message-Signature", field -> {
            ArcMessageSignature message = ArcMessageSignature.parse(field);
            return new Instance<>(message.instance(), message);
        });
        Kind<ArcSeal> seals = read(header, "ARC-Seal", field -> {
            ArcSeal seal = ArcSeal.parse(field);
            return new Instance<>(seal.instance(), seal);
        });
        int highest = Math.max(results.highest(), Math.max(messages.highest(), seals.highest()));
        if (highest > 0 && !header.isWhole()) {
            return broken(highest, "header is too long, not verified");
        }
        ArcSeal last = seals.byInstance().get(highest);
        if (last != null && last.chain() == ArcStatus.FAIL) {
            return new ArcChain(List.of(), highest, "the seal i=" + highest + " says cv=fail", true);
        }
        for (Kind<?> kind : List.of(results, messages, seals)) {
            if (!kind.fault().isEmpty()) {
                return broken(highest, kind.fault());
            }
        }
        return join(results.byInstance(), messages.byInstance(), seals.byInstance(), highest);
    }

    private static ArcChain join(
            Map<Integer, RawField> results,
            Map<Integer, ArcMessageSignature> messages,
            Map<Integer, ArcSeal> seals,
            int highest) {
        List<ArcSet> sets = new ArrayList<>(highest);
        for (int i = 1; i <= highest; i++) {
            ArcSet set = new ArcSet(i, results.get(i), messages.get(i), seals.get(i));
            if (set.results() == null || set.message() == null || set.seal() == null) {
                return broken(
                        highest,
                        "no "
                                + (set.results() == null
                                        ? "ARC-Authentication-Results"
                                        : set.message() == null ? "ARC-Message-Signature" : "ARC-Seal")
                                + " with i=" + i);
            }
            ArcStatus due = i == 1 ? ArcStatus.NONE : ArcStatus.PASS;
            if (set.seal().chain() != due) {
                return broken(
                        highest,
                        "the seal i=" + i + " says cv=" + set.seal().chain().text() + ", not " + due.text());
            }
            sets.add(set);
        }
        return new ArcChain(List.copyOf(sets), highest, "", false);
    }

    /** Reads all fields of a kind; of a fault the first is told, and what could be read is kept. */
    private static <T> Kind<T> read(RawHeader header, String name, Reader<Instance<T>> reader) {
        List<RawField> fields = header.fields(name.toLowerCase(Locale.ROOT));
        TreeMap<Integer, T> byInstance = new TreeMap<>();
        if (fields.size() > MOST_SETS) {
            return new Kind<>(Map.of(), MOST_SETS, "more than " + MOST_SETS + " fields " + name);
        }
        String fault = "";
        for (RawField field : fields) {
            try {
                Instance<T> one = reader.read(field);
                if (byInstance.put(one.number(), one.value()) != null && fault.isEmpty()) {
                    fault = "two fields " + name + " with i=" + one.number();
                }
            } catch (TagSyntaxException e) {
                fault = fault.isEmpty() ? name + ": " + e.getMessage() : fault;
            }
        }
        return new Kind<>(byInstance, byInstance.isEmpty() ? 0 : byInstance.lastKey(), fault);
    }

    private static ArcChain broken(int highest, String fault) {
        return new ArcChain(List.of(), highest, fault, false);
    }
}
