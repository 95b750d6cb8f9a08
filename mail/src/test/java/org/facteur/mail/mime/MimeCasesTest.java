package org.facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each case in {@code src/test/resources/mime} is a message {@code NN-name.eml} (line ends become CRLF), the sections that are
 * asked for, one a line in {@code .ask}, and what comes of it in {@code .expected}. Adding a case needs no code.
 */
class MimeCasesTest {
    private static final Path CASES = Path.of("src/test/resources/mime");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatImapShows(String name) throws IOException {
        byte[] message = read(name + ".eml").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        MessageStructure structure = MessageStructure.parse(message);
        PartIndex index = PartIndex.decode(structure.index().encode());
        StringBuilder said = new StringBuilder();
        said.append("ENVELOPE ")
                .append(text(ImapEnvelope.write(structure.header())))
                .append('\n');
        said.append("BODY ")
                .append(text(ImapBodyStructure.write(structure, false)))
                .append('\n');
        said.append("BODYSTRUCTURE ")
                .append(text(ImapBodyStructure.write(structure, true)))
                .append('\n');
        for (String section : read(name + ".ask").split("\n")) {
            said.append('[').append(section).append("] ");
            Optional<ByteRange> range = index.section(section);
            said.append(range.map(found -> slice(message, found)).orElse("none"))
                    .append('\n');
        }
        for (IndexedPart part : index.texts()) {
            said.append("text ").append(escape(part.text(message))).append('\n');
        }
        assertThat(said.toString()).isEqualTo(read(name + ".expected"));
    }

    private static String slice(byte[] message, ByteRange range) {
        return '"' + escape(new String(message, range.from(), range.length(), StandardCharsets.ISO_8859_1)) + '"';
    }

    private static String text(byte[] octets) {
        return escape(new String(octets, StandardCharsets.ISO_8859_1));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\r' || c == '\n') {
                escaped.append(c == '\r' ? "\\r" : "\\n");
            } else if (c > 0x7e) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String read(String file) {
        try {
            return Files.readString(CASES.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
