package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.facteur.imap.syntax.SequenceSet.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;1",
                "1:3;1:3",
                "3:1;1:3",
                "1,2,3;1:3",
                "*;9",
                "5:*;5:9",
                "12:*;9:12",
                "7,1:2;1:2,7",
                "*:*;9",
                "*,1;1,9"
            })
    void resolvesAgainstTheLargestNumber(String text, String expected) {
        SequenceSet.Compactor compact = new SequenceSet.Compactor();
        for (Range range : SequenceSet.parse(text).resolve(9)) {
            LongStream.rangeClosed(range.from(), range.to()).forEach(compact);
        }
        assertThat(compact.text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1,", ",1", "1:", ":1", "1:2:3", "a", "4294967296", "1**", "$1", "1 2"})
    void refusesWhatIsNoSet(String text) {
        assertThatThrownBy(() -> SequenceSet.parse(text)).isInstanceOf(SyntaxError.class);
    }

    @Test
    void knowsTheSavedResult() {
        assertThat(SequenceSet.parse("$").saved()).isTrue();
    }

    @Property
    void compactsAndReadsBack(@ForAll List<@IntRange(min = 1, max = 60) Integer> numbers) {
        TreeSet<Integer> sorted = new TreeSet<>(numbers);
        String text = SequenceSet.compact(sorted);
        if (sorted.isEmpty()) {
            assertThat(text).isEmpty();
            return;
        }
        SequenceSet set = SequenceSet.parse(text);
        for (int i = 1; i <= 60; i++) {
            assertThat(set.contains(i, 60)).isEqualTo(sorted.contains(i));
        }
    }
}
