package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    @Test
    void nothingIsCommittableBeforeTheFirstIsDone() {
        OffsetTracker tracker = new OffsetTracker(5);
        OffsetTracker.Slot five = tracker.add(5);
        OffsetTracker.Slot six = tracker.add(6);
        tracker.done(six);
        assertThat(tracker.committable()).isEqualTo(5);
        tracker.done(five);
        assertThat(tracker.committable()).isEqualTo(7);
        assertThat(tracker.open()).isZero();
    }

    @Test
    void gapsInTheOffsetsAreNoGapsInTheWork() {
        OffsetTracker tracker = new OffsetTracker(0);
        OffsetTracker.Slot first = tracker.add(10);
        OffsetTracker.Slot second = tracker.add(99);
        tracker.done(first);
        assertThat(tracker.committable()).isEqualTo(11);
        tracker.done(second);
        assertThat(tracker.committable()).isEqualTo(100);
    }

    @Property(tries = 200)
    void inAnyOrderItIsTheFirstThatIsNotDone(@ForAll @IntRange(min = 1, max = 100) int count, @ForAll long seed) {
        OffsetTracker tracker = new OffsetTracker(0);
        List<Integer> order = new ArrayList<>();
        List<OffsetTracker.Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(tracker.add(i));
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        boolean[] done = new boolean[count + 1];
        for (int next : order) {
            tracker.done(slots.get(next));
            done[next] = true;
            int first = 0;
            while (done[first]) {
                first++;
            }
            assertThat(tracker.committable()).isEqualTo(first);
        }
    }
}
