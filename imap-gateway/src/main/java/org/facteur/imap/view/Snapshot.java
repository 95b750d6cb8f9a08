package org.facteur.imap.view;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.facteur.imap.syntax.SequenceSet;

/**
 * The messages of a mailbox at one modification sequence: UIDs ascending, with flags and modification sequences beside them.
 * The sequence number of a message is its place, from 1. Immutable; some 24 octets a message.
 */
public final class Snapshot {
    private final int size;
    private final int[] uids;
    private final Flags[] flags;
    private final long[] modseqs;
    private final long modseq;
    private final long uidNext;

    private Snapshot(int size, int[] uids, Flags[] flags, long[] modseqs, long modseq, long uidNext) {
        this.size = size;
        this.uids = uids;
        this.flags = flags;
        this.modseqs = modseqs;
        this.modseq = modseq;
        this.uidNext = uidNext;
    }

    /** An empty mailbox. */
    public static Snapshot empty() {
        return new Snapshot(0, new int[0], new Flags[0], new long[0], 0, 1);
    }

    /** One message as the store has it now. */
    public record Row(int uid, Flags flags, long modseq) {}

    /** How many messages. */
    public int size() {
        return size;
    }

    /** The highest modification sequence that it reflects. */
    public long modseq() {
        return modseq;
    }

    /** The UID that the next message gets at least. */
    public long uidNext() {
        return uidNext;
    }

    /** The UID of a sequence number. */
    public int uid(int sequence) {
        return uids[sequence - 1];
    }

    /** The flags of a sequence number. */
    public Flags flags(int sequence) {
        return flags[sequence - 1];
    }

    /** The modification sequence of a sequence number. */
    public long modseq(int sequence) {
        return modseqs[sequence - 1];
    }

    /** The highest UID; 0 in an empty mailbox. */
    public int lastUid() {
        return size == 0 ? 0 : uids[size - 1];
    }

    /** The sequence number of a UID; 0 where there is none. */
    public int sequenceOf(long uid) {
        if (uid <= 0 || uid > Integer.MAX_VALUE) {
            return 0;
        }
        int at = Arrays.binarySearch(uids, 0, size, (int) uid);
        return at < 0 ? 0 : at + 1;
    }

    /** The sequence numbers that a set of sequence numbers or UIDs means, ascending. */
    public int[] sequences(SequenceSet set, boolean byUid) {
        int[] found = new int[size];
        int count = 0;
        if (size > 0) {
            for (SequenceSet.Range range : set.resolve(byUid ? lastUid() : size)) {
                int from = byUid ? atOrAfter(range.from()) : (int) Math.max(1, Math.min(range.from(), size + 1L));
                for (int sequence = from; sequence <= size; sequence++) {
                    if ((byUid ? uid(sequence) : sequence) > range.to()) {
                        break;
                    }
                    found[count++] = sequence;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** The set of UIDs of some sequence numbers, ascending. */
    public int[] uids(int[] sequences) {
        int[] found = new int[sequences.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = uid(sequences[i]);
        }
        return found;
    }

    /** The first sequence number without a flag; 0 where all bear it. */
    public int firstWithout(String flag) {
        for (int i = 0; i < size; i++) {
            if (!flags[i].has(flag)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether any message bears a flag. */
    public boolean hasFlag(String flag) {
        return distinctFlags().stream().anyMatch(each -> each.has(flag));
    }

    /** Every combination of flags that occurs. */
    public Set<Flags> distinctFlags() {
        Set<Flags> distinct = new HashSet<>();
        Flags last = null;
        for (int i = 0; i < size; i++) {
            if (flags[i] != last) {
                last = flags[i];
                distinct.add(last);
            }
        }
        return distinct;
    }

    /**
     * The mailbox after changes.
     *
     * @param changed rows that are new or differ, in any order
     * @param expunged UIDs that are gone; unknown ones are ignored
     */
    public Snapshot with(List<Row> changed, int[] expunged, long newModseq, long newUidNext) {
        Row[] rows = changed.toArray(Row[]::new);
        Arrays.sort(rows, (a, b) -> Integer.compare(a.uid, b.uid));
        int[] gone = expunged.clone();
        Arrays.sort(gone);
        Merge merge = new Merge(size + rows.length);
        int row = 0;
        for (int i = 0; i < size; i++) {
            for (; row < rows.length && rows[row].uid < uids[i]; row++) {
                merge.add(rows[row], gone);
            }
            if (row < rows.length && rows[row].uid == uids[i]) {
                merge.add(rows[row++], gone);
            } else if (gone.length == 0 || Arrays.binarySearch(gone, uids[i]) < 0) {
                merge.add(uids[i], flags[i], modseqs[i]);
            }
        }
        for (; row < rows.length; row++) {
            merge.add(rows[row], gone);
        }
        return merge.snapshot(Math.max(modseq, newModseq), Math.max(uidNext, newUidNext));
    }

    /**
     * What a session is to be told so that it knows {@code current}, and what it knows then.
     *
     * @param current what the mailbox is now
     * @param mayExpunge whether messages that are gone may be told; if not, the session keeps them (RFC 9051 section 7.5.1)
     */
    public Advance advance(Snapshot current, boolean mayExpunge) {
        if (current == this) {
            return new Advance(this, new int[0], false, new int[0]);
        }
        int[] expunged = new int[size];
        int expungedCount = 0;
        int[] changed = new int[current.size];
        int changedCount = 0;
        Merge merge = new Merge(size + current.size);
        int now = 0;
        for (int i = 0; i < size; i++) {
            while (now < current.size && current.uids[now] < uids[i]) {
                now++;
            }
            if (now < current.size && current.uids[now] == uids[i]) {
                merge.add(uids[i], current.flags[now], current.modseqs[now]);
                if (current.modseqs[now] != modseqs[i]) {
                    changed[changedCount++] = merge.size;
                }
                now++;
            } else if (mayExpunge) {
                expunged[expungedCount] = i + 1 - expungedCount;
                expungedCount++;
            } else {
                merge.add(uids[i], flags[i], modseqs[i]);
            }
        }
        int last = lastUid();
        int known = merge.size;
        for (int i = Math.max(0, current.atOrAfter(last + 1L) - 1); i < current.size; i++) {
            merge.add(current.uids[i], current.flags[i], current.modseqs[i]);
        }
        return new Advance(
                merge.snapshot(current.modseq, current.uidNext),
                Arrays.copyOf(expunged, expungedCount),
                merge.size > known,
                Arrays.copyOf(changed, changedCount));
    }

    /**
     * What a session is told.
     *
     * @param next what it knows then
     * @param expunged for EXPUNGE responses in this order: each number counts after the ones before it are gone
     * @param grown whether there are new messages: EXISTS with the size of {@code next}
     * @param changed sequence numbers in {@code next} whose flags are to be told
     */
    public record Advance(Snapshot next, int[] expunged, boolean grown, int[] changed) {}

    /** The same with the flags of these sequence numbers as {@code current} has them: the session was told of them. */
    public Snapshot told(int[] sequences, Snapshot current) {
        Flags[] newFlags = flags.clone();
        long[] newModseqs = modseqs.clone();
        for (int sequence : sequences) {
            int now = current.sequenceOf(uid(sequence));
            if (now > 0) {
                newFlags[sequence - 1] = current.flags(now);
                newModseqs[sequence - 1] = current.modseq(now);
            }
        }
        return new Snapshot(size, uids, newFlags, newModseqs, modseq, uidNext);
    }

    /** The first sequence number whose UID is at least {@code uid}; size + 1 where there is none. */
    private int atOrAfter(long uid) {
        if (uid > Integer.MAX_VALUE) {
            return size + 1;
        }
        int at = Arrays.binarySearch(uids, 0, size, (int) uid);
        return at < 0 ? -at : at + 1;
    }

    /** Arrays being filled in the order of UIDs. */
    private static final class Merge {
        private final int[] uids;
        private final Flags[] flags;
        private final long[] modseqs;
        private int size;

        Merge(int room) {
            uids = new int[room];
            flags = new Flags[room];
            modseqs = new long[room];
        }

        void add(Row row, int[] gone) {
            if (gone.length == 0 || Arrays.binarySearch(gone, row.uid) < 0) {
                add(row.uid, row.flags, row.modseq);
            }
        }

        void add(int uid, Flags each, long modseq) {
            uids[size] = uid;
            flags[size] = each;
            modseqs[size++] = modseq;
        }

        Snapshot snapshot(long modseq, long uidNext) {
            boolean loose = uids.length > size + size / 4 + 16;
            return new Snapshot(
                    size,
                    loose ? Arrays.copyOf(uids, size) : uids,
                    loose ? Arrays.copyOf(flags, size) : flags,
                    loose ? Arrays.copyOf(modseqs, size) : modseqs,
                    modseq,
                    uidNext);
        }
    }
}
