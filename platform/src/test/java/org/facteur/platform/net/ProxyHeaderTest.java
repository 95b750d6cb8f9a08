package org.facteur.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers: whole, half, and none. */
class ProxyHeaderTest {

    private static final String V2 = "0d0a0d0a000d0a515549540a";
    private static final String V4_BODY = "c0000207" + "c0000201" + "0fa0" + "0019";
    private static final String V6_BODY =
            "20010db8000000000000000000000007" + "20010db8000000000000000000000001" + "0fa0" + "0019";

    private static Optional<ProxyHeader> parse(byte[] bytes) throws ProxyHeader.MalformedException {
        return ProxyHeader.parse(bytes, 0, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static void wholeAndHalf(byte[] header, String source, String destination)
            throws ProxyHeader.MalformedException {
        for (int length = 0; length < header.length; length++) {
            assertThat(ProxyHeader.parse(header, 0, length)).isEmpty();
        }
        byte[] more = java.util.Arrays.copyOf(header, header.length + 7);
        ProxyHeader whole = parse(more).orElseThrow();
        assertThat(whole.length()).isEqualTo(header.length);
        assertThat(whole.ends().map(ends -> ends.source().toString())).hasValue(source);
        assertThat(whole.ends().map(ends -> ends.destination().toString())).hasValue(destination);
    }

    @Test
    void textHeaders() throws ProxyHeader.MalformedException {
        wholeAndHalf(ascii("PROXY TCP4 192.0.2.7 192.0.2.1 4000 25\r\n"), "/192.0.2.7:4000", "/192.0.2.1:25");
        wholeAndHalf(
                ascii("PROXY TCP6 2001:db8::7 2001:db8::1 4000 25\r\n"),
                "/[2001:db8:0:0:0:0:0:7]:4000",
                "/[2001:db8:0:0:0:0:0:1]:25");
        assertThat(parse(ascii("PROXY UNKNOWN\r\n")).orElseThrow().ends()).isEmpty();
        assertThat(parse(ascii("PROXY UNKNOWN ff:: 1 2 3\r\n")).orElseThrow().ends())
                .isEmpty();
    }

    @Test
    void binaryHeaders() throws ProxyHeader.MalformedException {
        wholeAndHalf(hex(V2 + "2111000c" + V4_BODY), "/192.0.2.7:4000", "/192.0.2.1:25");
        wholeAndHalf(hex(V2 + "21210024" + V6_BODY), "/[2001:db8:0:0:0:0:0:7]:4000", "/[2001:db8:0:0:0:0:0:1]:25");
        wholeAndHalf(hex(V2 + "21110010" + V4_BODY + "04000100"), "/192.0.2.7:4000", "/192.0.2.1:25");
    }

    @ParameterizedTest
    @CsvSource({"20000000, 16", "2011000cc0000207c00002010fa00019, 28", "21000000, 16", "21310002abcd, 18"})
    void proxiesMaySpeakForThemselves(String rest, int length) throws ProxyHeader.MalformedException {
        assertThat(parse(hex(V2 + rest))).contains(new ProxyHeader(length, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO x\r\n",
                "PROXX",
                "PROXY TCP4 192.0.2.7 192.0.2.1 4000\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 4000 65536\r\n",
                "PROXY TCP4 192.0.2.777 192.0.2.1 4000 25\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::1 4000 25\r\n",
                "PROXY TCP6 192.0.2.7 192.0.2.1 4000 25\r\n",
                "PROXY TCP4 localhost 192.0.2.1 4000 25\r\n",
                "PROXY UDP4 192.0.2.7 192.0.2.1 4000 25\r\n",
                "PROXY \r\n"
            })
    void garbageIsRefused(String text) {
        assertThatExceptionOfType(ProxyHeader.MalformedException.class).isThrownBy(() -> parse(ascii(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1111000c", "2211000c", "2111000b", "21210023", "2111ffff"})
    void binaryGarbageIsRefused(String rest) {
        assertThatExceptionOfType(ProxyHeader.MalformedException.class).isThrownBy(() -> parse(hex(V2 + rest)));
    }

    @Test
    void endlessLinesAreRefused() {
        assertThatExceptionOfType(ProxyHeader.MalformedException.class)
                .isThrownBy(() -> parse(ascii("PROXY TCP4 " + "1".repeat(100))));
    }
}
