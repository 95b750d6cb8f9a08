package org.facteur.platform.kafka;

import java.util.ArrayDeque;

/**
 * Which offset of a partition may be committed while its records complete in any order: the one after the highest record
 * before which nothing is left. Adding and completing cost O(1); memory is one slot for each record that is not yet behind
 * the committable offset. Not safe for threads.
 */
final class OffsetTracker {
    private final ArrayDeque<Slot> open = new ArrayDeque<>();
    private long committable;

    /** Begins at an offset: nothing to commit until the first record after it is done. */
    OffsetTracker(long start) {
        committable = start;
    }

    /** One record, or a run of records that complete together. */
    static final class Slot {
        private final long next;
        private boolean done;

        private Slot(long next) {
            this.next = next;
        }
    }

    /** Adds a run of records that ends with {@code last}; runs are added in the order of their offsets. */
    Slot add(long last) {
        Slot slot = new Slot(last + 1);
        open.add(slot);
        return slot;
    }

    /** Marks a run as done. */
    void done(Slot slot) {
        slot.done = true;
        while (!open.isEmpty() && open.peek().done) {
            committable = open.poll().next;
        }
    }

    /** The offset to commit: of the first record that is not done. */
    long committable() {
        return committable;
    }

    /** Runs that hold the committable offset back, those behind them included. */
    int open() {
        return open.size();
    }
}
