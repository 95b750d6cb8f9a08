package org.facteur.bench;

import java.util.Arrays;

/** A finished series of durations in nanoseconds. */
final class Percentiles {
    private final long[] sorted;

    Percentiles(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The value below which {@code share} (0 to 1) of the series lies, in milliseconds. */
    double millis(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)));
        return sorted[index] / 1e6;
    }
}
