package org.facteur.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.facteur.platform.net.RawReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of data is CRLF.CRLF and nothing else; a CR or LF of its own makes the message malformed. */
class DataReaderTest {
    /** What a reader made of an input. */
    private record Outcome(String output, boolean ended, boolean malformed, int left) {}

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // input                        | output            | ended | malformed | left over
                "a\\r\\n.\\r\\n                 | a\\r\\n           | true  | false     | 0",
                ".\\r\\n                        | -                 | true  | false     | 0",
                "a\\r\\n.\\r\\nQUIT\\r\\n       | a\\r\\n           | true  | false     | 6",
                "..a\\r\\n.\\r\\n               | .a\\r\\n          | true  | false     | 0",
                "...\\r\\n.\\r\\n               | ..\\r\\n          | true  | false     | 0",
                ".a\\r\\n.\\r\\n                | a\\r\\n           | true  | false     | 0",
                "a.\\r\\nb\\r\\n.\\r\\n         | a.\\r\\nb\\r\\n   | true  | false     | 0",
                "\\r\\n\\r\\n.\\r\\n            | \\r\\n\\r\\n      | true  | false     | 0",
                "a\\r\\n                        | a\\r\\n           | false | false     | 0",
                "a\\n.\\n                       | a\\n.\\n          | false | true      | 0",
                "a\\r.\\r                       | a\\r.\\r          | false | true      | 0",
                "a\\n.\\r\\n                    | a\\n.\\r\\n       | false | true      | 0",
                "a\\r\\n.\\nMAIL\\r\\n.\\r\\n   | *                 | true  | true      | 0",
                "a\\r\\n.\\rMAIL\\r\\n.\\r\\n   | *                 | true  | true      | 0",
                "a\\rb\\r\\n.\\r\\n             | a\\rb\\r\\n       | true  | true      | 0",
                "a\\nb\\r\\n.\\r\\n             | a\\nb\\r\\n       | true  | true      | 0",
                "a\\r\\r\\n.\\r\\n              | a\\r\\r\\n        | true  | true      | 0",
            })
    void table(String input, String output, boolean ended, boolean malformed, int left) {
        Outcome outcome = read(unescaped(input), Integer.MAX_VALUE, 0);
        assertThat(outcome.ended()).isEqualTo(ended);
        assertThat(outcome.malformed()).isEqualTo(malformed);
        assertThat(outcome.left()).isEqualTo(left);
        if (!"*".equals(output)) {
            assertThat(outcome.output()).isEqualTo(output == null ? "" : unescaped(output));
        }
    }

    @Property(tries = 3000)
    void chunksMakeNoDifference(
            @ForAll @CharRange(from = 'a', to = 'f') @StringLength(max = 40) String text, @ForAll long seed) {
        String input =
                text.replace('b', '\r').replace('c', '\n').replace("d", "\r\n").replace('e', '.') + "\r\n.\r\n";
        Outcome whole = read(input, Integer.MAX_VALUE, seed);
        Outcome pieces = read(input, 3, seed);
        assertThat(pieces.ended()).isEqualTo(whole.ended());
        assertThat(pieces.malformed()).isEqualTo(whole.malformed());
        assertThat(pieces.left()).isEqualTo(whole.left());
        if (!whole.malformed()) {
            assertThat(pieces.output()).isEqualTo(whole.output());
        }
    }

    @Property(tries = 1000)
    void theGuardSeesBareLineEndsInAnyChunks(
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 30) String text, @ForAll long seed) {
        String input = text.replace('b', '\r').replace('c', '\n').replace("d", "\r\n");
        boolean bare = input.replace("\r\n", "").matches("(?s).*[\r\n].*");
        LineEndGuard guard = new LineEndGuard((bytes, offset, length) -> {});
        Random random = new Random(seed);
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; ) {
            int length = Math.min(bytes.length - i, 1 + random.nextInt(3));
            guard.octets(bytes, i, length);
            i += length;
        }
        assertThat(guard.isMalformed()).isEqualTo(bare);
    }

    private static Outcome read(String input, int mostAtOnce, long seed) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        DataReader reader = new DataReader(output::write);
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(seed);
        for (int i = 0; i < bytes.length; ) {
            int length = Math.min(
                    bytes.length - i, mostAtOnce > bytes.length ? bytes.length : 1 + random.nextInt(mostAtOnce));
            int left = reader.read(bytes, i, length);
            i += length;
            if (left != RawReader.MORE) {
                return new Outcome(text(output), true, reader.isMalformed(), left + bytes.length - i);
            }
        }
        return new Outcome(text(output), false, reader.isMalformed(), 0);
    }

    private static String text(ByteArrayOutputStream output) {
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String text) {
        return text.strip().replace("\\r", "\r").replace("\\n", "\n");
    }
}
