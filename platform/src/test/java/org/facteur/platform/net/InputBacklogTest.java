package org.facteur.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Lines are the same however their octets arrive. */
class InputBacklogTest {

    private static final int MAX = 5;

    private static List<String> lines(String input, LineEnds ends, Random chunks) {
        InputBacklog backlog = new InputBacklog(MAX, ends);
        byte[] octets = input.getBytes(StandardCharsets.ISO_8859_1);
        List<Object> found = new ArrayList<>();
        for (int at = 0; at < octets.length; ) {
            int length = 1 + chunks.nextInt(octets.length - at);
            byte[] segment = new byte[length + 2];
            System.arraycopy(octets, at, segment, 1, length);
            backlog.append(segment, 1, length);
            at += length;
            if (chunks.nextInt(3) > 0) {
                drain(backlog, found);
            }
        }
        drain(backlog, found);
        return found.stream().map(Object::toString).toList();
    }

    private static void drain(InputBacklog backlog, List<Object> found) {
        for (InputBacklog.Found next = backlog.next(); next != InputBacklog.Found.NOTHING; next = backlog.next()) {
            found.add(next == InputBacklog.Found.LINE ? backlog.line() : next);
        }
    }

    /** The same by a regular expression over the whole input. */
    private static List<String> expected(String input, boolean strict) {
        List<String> expected = new ArrayList<>();
        Matcher matcher = Pattern.compile("([^\n]*)\n|[^\n]+").matcher(input);
        while (matcher.find()) {
            boolean whole = matcher.group(1) != null;
            String text = whole ? matcher.group(1) : matcher.group();
            boolean crlf = text.endsWith("\r");
            String line = crlf ? text.substring(0, text.length() - 1) : text;
            if (line.length() > MAX) {
                expected.add("TOO_LONG");
            } else if (whole) {
                expected.add(strict && (!crlf || line.contains("\r")) ? "BARE_LINE_END" : line);
            }
        }
        return expected;
    }

    @Property(tries = 2000)
    void linesDoNotDependOnChunks(
            @ForAll @Chars({'\r', '\n'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 60) String input,
            @ForAll long seed) {
        assertThat(lines(input, LineEnds.CRLF_ONLY, new Random(seed))).isEqualTo(expected(input, true));
        assertThat(lines(input, LineEnds.CRLF_OR_LF, new Random(seed))).isEqualTo(expected(input, false));
    }

    @Test
    void handedOutOctetsAreNeverOverwritten() {
        InputBacklog backlog = new InputBacklog(100, LineEnds.CRLF_ONLY);
        backlog.append("one\r\ntw".getBytes(StandardCharsets.US_ASCII), 0, 7);
        assertThat(backlog.next()).isEqualTo(InputBacklog.Found.LINE);
        Line one = backlog.line();
        backlog.append("o\r\nthr".getBytes(StandardCharsets.US_ASCII), 0, 6);
        assertThat(backlog.next()).isEqualTo(InputBacklog.Found.LINE);
        Line two = backlog.line();
        backlog.append("ee\r\n".getBytes(StandardCharsets.US_ASCII), 0, 4);
        assertThat(backlog.next()).isEqualTo(InputBacklog.Found.LINE);
        assertThat(List.of(one, two, backlog.line())).hasToString("[one, two, three]");
        assertThat(backlog.size()).isZero();
        assertThat(one.startsWith("ON")).isTrue();
        assertThat(one.from(2)).hasToString("e");
    }
}
