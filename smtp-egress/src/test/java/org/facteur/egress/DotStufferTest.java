package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStufferTest {
    @ParameterizedTest
    @CsvSource({
        "'', '.~'",
        "'a', 'a~.~'",
        "'a~', 'a~.~'",
        "'.', '..~.~'",
        "'.~', '..~.~'",
        "'a~.~b~', 'a~..~b~.~'",
        "'a~..b~', 'a~...b~.~'",
        "'a.b~.c', 'a.b~..c~.~'",
        "'~~.~~', '~~..~~.~'"
    })
    void wireForm(String message, String wire) {
        assertThat(send(List.of(crlf(message)))).isEqualTo(crlf(wire));
    }

    @Test
    void leavesASliceWithoutDotsAsItIs() {
        Buffer slice = Buffer.buffer("no dot here\r\n");
        assertThat(new DotStuffer().stuff(slice)).isSameAs(slice);
    }

    @Test
    void keepsEveryOctet() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(receive(send(List.of(new String(all, StandardCharsets.ISO_8859_1)))))
                .startsWith(new String(all, StandardCharsets.ISO_8859_1));
    }

    /** Whatever the slices, the other side reads the message, and nothing ends it before its end. */
    @Property
    void theReceiverReadsTheMessage(@ForAll("slices") List<String> slices) {
        String message = String.join("", slices);
        String wire = send(slices);
        assertThat(wire).isEqualTo(send(List.of(message)));
        assertThat(receive(wire)).isEqualTo(message.isEmpty() || message.endsWith("\r\n") ? message : message + "\r\n");
    }

    /** Not even a server that takes a bare LF for a line end can be made to see the end of data early. */
    @Property
    void noOctetsEndTheDataEarly(@ForAll("anyOctets") List<String> slices) {
        String wire = send(slices);
        int lenientEnd = ("\n" + wire).replace("\r\n", "\n").indexOf("\n.\n");
        assertThat(lenientEnd).isEqualTo(("\n" + wire).replace("\r\n", "\n").length() - 3);
    }

    @Provide
    Arbitrary<List<String>> slices() {
        return Arbitraries.of("\r\n", ".", "a", "\u00e4", ".\r\n", "\r\n.", "")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts))
                .flatMap(DotStufferTest::cut);
    }

    @Provide
    Arbitrary<List<String>> anyOctets() {
        return Arbitraries.of("\r", "\n", ".", "a").list().ofMaxSize(30);
    }

    private static Arbitrary<List<String>> cut(String text) {
        return Arbitraries.integers().between(1, 4).map(size -> {
            List<String> slices = new java.util.ArrayList<>();
            for (int i = 0; i < text.length(); i += size) {
                slices.add(text.substring(i, Math.min(text.length(), i + size)));
            }
            return slices;
        });
    }

    private static String crlf(String text) {
        return text.replace("~", "\r\n");
    }

    private static String send(List<String> slices) {
        DotStuffer stuffer = new DotStuffer();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        slices.forEach(
                slice -> wire.writeBytes(stuffer.stuff(Buffer.buffer(slice.getBytes(StandardCharsets.ISO_8859_1)))
                        .getBytes()));
        wire.writeBytes(stuffer.end().getBytes());
        return wire.toString(StandardCharsets.ISO_8859_1);
    }

    /** A receiver by the book (RFC 5321 section 4.5.2). */
    private static String receive(String wire) {
        StringBuilder message = new StringBuilder();
        String rest = wire;
        while (!rest.startsWith(".\r\n")) {
            int end = rest.indexOf("\r\n") + 2;
            String line = rest.substring(0, end);
            message.append(line.startsWith(".") ? line.substring(1) : line);
            rest = rest.substring(end);
        }
        assertThat(rest).isEqualTo(".\r\n");
        return message.toString();
    }
}
