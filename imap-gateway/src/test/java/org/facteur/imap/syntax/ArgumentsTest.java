package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void readsStringsOfAllForms() {
        Arguments in = Arguments.of("atom \"quo\\\"ted\\\\\" {3}\r\na b {2+}\r\n\"x ~{1}\r\ny NIL");
        assertThat(in.astring()).isEqualTo("atom");
        in.space();
        assertThat(in.astring()).isEqualTo("quo\"ted\\");
        in.space();
        assertThat(in.astring()).isEqualTo("a b");
        in.space();
        assertThat(in.astring()).isEqualTo("\"x");
        in.space();
        assertThat(in.astring()).isEqualTo("y");
        in.space();
        assertThat(in.nstring()).isEmpty();
        in.end();
    }

    @Test
    void readsListsAndFlags() {
        Arguments in = Arguments.of("(\\Seen $Forwarded) ()");
        assertThat(in.list(in::flag)).containsExactly("\\Seen", "$Forwarded");
        in.space();
        assertThat(in.list(in::flag)).isEmpty();
    }

    @Test
    void readsListPatterns() {
        assertThat(Arguments.of("INBOX/%").listMailbox()).isEqualTo("INBOX/%");
        assertThat(Arguments.of("\"*\"").listMailbox()).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"open", "\"bad\\escape\"", "{5}\r\nabc", "(", "", "\"line\nend\"", "{99999999999999999999}\r\n"
            })
    void refusesWhatIsNoString(String text) {
        assertThatThrownBy(() -> Arguments.of(text).astring()).isInstanceOf(SyntaxError.class);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThat(Arguments.of("4294967295").number()).isEqualTo(4294967295L);
        assertThatThrownBy(() -> Arguments.of("4294967296").number()).isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> Arguments.of("0").nonZero()).isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> Arguments.of("x").number()).isInstanceOf(SyntaxError.class);
    }

    @Property
    void readsBackWhatWireWrites(@ForAll @CharRange(from = ' ', to = '\u00ff') String text) {
        String wire = new Wire().string(text).toString();
        assertThat(Arguments.of(wire).string()).isEqualTo(text);
    }
}
