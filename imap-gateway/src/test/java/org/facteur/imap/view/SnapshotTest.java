package org.facteur.imap.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.facteur.imap.syntax.SequenceSet;
import org.facteur.imap.view.Snapshot.Advance;
import org.facteur.imap.view.Snapshot.Row;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Flags SEEN = Flags.of(List.of("\\seen"));

    private final Snapshot three = Snapshot.empty().with(List.of(row(5, 1), row(7, 2), row(9, 3)), new int[0], 3, 10);

    @Test
    void findsMessagesBySets() {
        assertThat(three.sequences(SequenceSet.parse("2:*"), false)).containsExactly(2, 3);
        assertThat(three.sequences(SequenceSet.parse("6:8"), true)).containsExactly(2);
        assertThat(three.sequences(SequenceSet.parse("100:*"), true)).containsExactly(3);
        assertThat(three.sequences(SequenceSet.parse("100:*"), false)).containsExactly(3);
        assertThat(three.sequences(SequenceSet.parse("4:6,8,5"), true)).containsExactly(1);
        assertThat(Snapshot.empty().sequences(SequenceSet.ALL, true)).isEmpty();
        assertThat(three.sequenceOf(7)).isEqualTo(2);
        assertThat(three.sequenceOf(8)).isZero();
    }

    @Test
    void tellsWhatIsNew() {
        Snapshot now = three.with(List.of(new Row(9, SEEN, 4), row(12, 6)), new int[] {5}, 6, 13);

        Advance all = three.advance(now, true);
        assertThat(all.expunged()).containsExactly(1);
        assertThat(all.grown()).isTrue();
        assertThat(all.changed()).containsExactly(2);
        assertThat(all.next().size()).isEqualTo(3);
        assertThat(all.next().flags(2)).isEqualTo(SEEN);

        Advance kept = three.advance(now, false);
        assertThat(kept.expunged()).isEmpty();
        assertThat(kept.changed()).containsExactly(3);
        assertThat(kept.next().size()).isEqualTo(4);
        assertThat(kept.next().advance(now, true).expunged()).containsExactly(1);
    }

    @Test
    void isSilentAboutWhatWasTold() {
        Snapshot now = three.with(List.of(new Row(7, SEEN, 4)), new int[0], 4, 10);
        assertThat(three.told(new int[] {2}, now).advance(now, true).changed()).isEmpty();
    }

    /** Whatever happens in a mailbox, and whenever EXPUNGE may be told: a client that follows ends with what is there. */
    @Property
    void leadsEveryClientToTheSameEnd(@ForAll @Size(max = 30) List<@IntRange(min = 0, max = 60) Integer> steps) {
        TreeMap<Integer, Row> truth = new TreeMap<>();
        Snapshot view = Snapshot.empty();
        Snapshot known = view;
        List<Integer> client = new ArrayList<>();
        int uid = 1;
        long modseq = 1;
        for (int step : steps) {
            modseq++;
            if (step % 3 == 0 || truth.isEmpty()) {
                Row row = row(uid++, modseq);
                truth.put(row.uid(), row);
                view = view.with(List.of(row), new int[0], modseq, uid);
            } else {
                int chosen = List.copyOf(truth.keySet()).get(step % truth.size());
                if (step % 3 == 1) {
                    truth.remove(chosen);
                    view = view.with(List.of(), new int[] {chosen}, modseq, uid);
                } else {
                    truth.put(chosen, new Row(chosen, SEEN, modseq));
                    view = view.with(List.of(truth.get(chosen)), new int[0], modseq, uid);
                }
            }
            known = follow(client, known.advance(view, step % 2 == 0));
        }
        known = follow(client, known.advance(view, true));
        assertThat(client).containsExactlyElementsOf(truth.keySet());
        assertThat(known.size()).isEqualTo(truth.size());
        for (int sequence = 1; sequence <= known.size(); sequence++) {
            Row row = truth.get(known.uid(sequence));
            assertThat(known.flags(sequence)).isEqualTo(row.flags());
            assertThat(known.modseq(sequence)).isEqualTo(row.modseq());
        }
    }

    private static Snapshot follow(List<Integer> client, Advance advance) {
        for (int sequence : advance.expunged()) {
            client.remove(sequence - 1);
        }
        for (int sequence = client.size() + 1; sequence <= advance.next().size(); sequence++) {
            client.add(advance.next().uid(sequence));
        }
        return advance.next();
    }

    private static Row row(int uid, long modseq) {
        return new Row(uid, Flags.NONE, modseq);
    }
}
