package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.facteur.imap.syntax.CommandReader.Command;
import org.facteur.imap.syntax.CommandReader.Invalid;
import org.facteur.imap.syntax.CommandReader.NeedsLine;
import org.facteur.imap.syntax.CommandReader.NeedsLiteral;
import org.facteur.platform.net.Line;
import org.junit.jupiter.api.Test;

class CommandReaderTest {
    private final CommandReader reader = new CommandReader();

    @Test
    void readsACommandOfOneLine() {
        Command command = (Command) reader.line(Line.of("a1 uid fetch 1:* (flags)"));

        assertThat(command.tag()).isEqualTo("a1");
        assertThat(command.name()).isEqualTo("UID FETCH");
        assertThat(command.arguments().rest()).isEqualTo(" 1:* (flags)");
    }

    @Test
    void putsLiteralsInTheirPlaces() {
        NeedsLiteral first = (NeedsLiteral) reader.line(Line.of("a LOGIN {5}"));
        assertThat(first.size()).isEqualTo(5);
        assertThat(first.synchronizing()).isTrue();
        assertThat(reader.keep()).isTrue();
        literal("al\"ce");
        NeedsLiteral second = (NeedsLiteral) reader.line(Line.of(" {6+}"));
        assertThat(second.synchronizing()).isFalse();
        literal("s\r\n{3}");
        Command command = (Command) reader.line(Line.of(""));

        Arguments in = command.arguments();
        in.space();
        assertThat(in.astring()).isEqualTo("al\"ce");
        in.space();
        assertThat(in.astring()).isEqualTo("s\r\n{3}");
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void forgetsTheRestOfADroppedCommand() {
        reader.line(Line.of("a APPEND x {999999+}"));
        assertThat(reader.keep()).isFalse();
        reader.drop();
        NeedsLiteral again = (NeedsLiteral) reader.line(Line.of(" more {7+}"));
        assertThat(again.tag()).isEmpty();
        assertThat(again.size()).isEqualTo(7);
        assertThat(reader.line(Line.of(""))).isInstanceOf(NeedsLine.class);
        assertThat(reader.line(Line.of("b NOOP"))).isInstanceOf(Command.class);
    }

    @Test
    void expectsNothingAfterARefusedSynchronizingLiteral() {
        reader.line(Line.of("a APPEND x {999999}"));
        reader.drop();
        assertThat(reader.line(Line.of("b NOOP"))).isInstanceOf(Command.class);
    }

    @Test
    void tellsTheTagOfWhatIsNoCommand() {
        assertThat(reader.line(Line.of("a1"))).isEqualTo(new Invalid(Optional.of("a1"), "a space is missing"));
        assertThat(((Invalid) reader.line(Line.of(""))).tag()).isEmpty();
        assertThat(((Invalid) reader.line(Line.of("a ("))).tag()).contains("a");
    }

    @Property
    void takesAnyLine(@ForAll String text) {
        CommandReader fresh = new CommandReader();
        assertThat(fresh.line(Line.of(text.replaceAll("[\r\n]", "")))).isNotNull();
    }

    private void literal(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            reader.octets(octets, i, 1);
        }
    }
}
