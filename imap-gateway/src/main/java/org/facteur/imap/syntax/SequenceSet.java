package org.facteur.imap.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A set of sequence numbers or UIDs as the client wrote it (RFC 9051 section 9, sequence-set): {@code 1:3,7,9:*}. It means
 * something only together with the largest number in the mailbox, which is what {@code *} stands for.
 *
 * @param ranges as written
 * @param saved whether it is {@code $}, the saved result of a search
 */
public record SequenceSet(List<Range> ranges, boolean saved) {
    /** What {@code *} is before it is resolved. */
    public static final long STAR = Long.MAX_VALUE;

    private static final int MAX_RANGES = 20_000;

    /** Both ends included; the order of the ends as written. */
    public record Range(long from, long to) {}

    /** The saved search result. */
    public static final SequenceSet SAVED = new SequenceSet(List.of(), true);

    /** Everything. */
    public static final SequenceSet ALL = new SequenceSet(List.of(new Range(1, STAR)), false);

    /** Keeps its own copy. */
    public SequenceSet {
        ranges = List.copyOf(ranges);
    }

    /** Reads a set; fails with {@link SyntaxError}. */
    public static SequenceSet parse(String text) {
        if (text.equals("$")) {
            return SAVED;
        }
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            int colon = text.indexOf(':', from);
            if (colon < 0 || colon >= to) {
                long number = number(text, from, to);
                ranges.add(new Range(number, number));
            } else {
                ranges.add(new Range(number(text, from, colon), number(text, colon + 1, to)));
            }
            if (ranges.size() > MAX_RANGES) {
                throw new SyntaxError("too many ranges");
            }
            from = to + 1;
        }
        return new SequenceSet(ranges, false);
    }

    /**
     * The ranges sorted, merged and with {@code *} resolved to {@code largest}; RFC 9051 section 9: {@code 5:*} includes the
     * largest number even where that is below 5.
     */
    public List<Range> resolve(long largest) {
        List<Range> sorted = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            long a = range.from == STAR ? largest : range.from;
            long b = range.to == STAR ? largest : range.to;
            sorted.add(new Range(Math.min(a, b), Math.max(a, b)));
        }
        sorted.sort((x, y) -> Long.compare(x.from, y.from));
        List<Range> merged = new ArrayList<>(sorted.size());
        for (Range range : sorted) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.from <= last.to + 1) {
                merged.set(merged.size() - 1, new Range(last.from, Math.max(last.to, range.to)));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** Whether a number is in the set, given the largest number in the mailbox. */
    public boolean contains(long number, long largest) {
        for (Range range : ranges) {
            long a = range.from == STAR ? largest : range.from;
            long b = range.to == STAR ? largest : range.to;
            if (number >= Math.min(a, b) && number <= Math.max(a, b)) {
                return true;
            }
        }
        return false;
    }

    /** The shortest text of ascending numbers: {@code 1:3,7}. Empty for none. */
    public static String compact(Iterable<? extends Number> ascending) {
        Compactor compactor = new Compactor();
        for (Number number : ascending) {
            compactor.accept(number.longValue());
        }
        return compactor.text();
    }

    /** Builds the shortest text of ascending numbers one by one. */
    public static final class Compactor implements LongConsumer {
        private final StringBuilder text = new StringBuilder();
        private long first = -1;
        private long last = -1;

        @Override
        public void accept(long number) {
            if (number == last + 1 && first >= 0) {
                last = number;
                return;
            }
            flush();
            first = number;
            last = number;
        }

        /** What was accepted so far. */
        public String text() {
            flush();
            first = -1;
            return text.toString();
        }

        private void flush() {
            if (first < 0) {
                return;
            }
            if (text.length() > 0) {
                text.append(',');
            }
            text.append(first);
            if (last > first) {
                text.append(':').append(last);
            }
        }
    }

    private static long number(String text, int from, int to) {
        if (to - from == 1 && text.charAt(from) == '*') {
            return STAR;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new SyntaxError("not a sequence set");
            }
            number = number * 10 + (c - '0');
            if (number > 0xffff_ffffL) {
                throw new SyntaxError("the number is too large");
            }
        }
        if (number == 0) {
            throw new SyntaxError("not a sequence set");
        }
        return number;
    }
}
