package org.facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "a=20b, 'a b'",
        "a=\\r\\nb, ab",
        "a=  \\nb, ab",
        "'a \\t\\r\\nb', 'a\\r\\nb'",
        "a=3D=3d, a==",
        "=, ''",
        "=G1, =G1",
        "a=2, a=2",
        "a=0D=0A, 'a\\r\\n'",
        "'trailing  ', 'trailing  '",
    })
    void decodesQuotedPrintable(String encoded, String decoded) {
        assertThat(decode(TransferEncoding.QUOTED_PRINTABLE, encoded.translateEscapes()))
                .isEqualTo(decoded.translateEscapes());
    }

    @ParameterizedTest
    @CsvSource({"aGVsbG8=, hello", "aGVs\\r\\nbG8, hello", "aGk=aGk=, hihi", "a, ''", "=, ''", "'!a*G(k', hi"})
    void decodesBase64(String encoded, String decoded) {
        assertThat(decode(TransferEncoding.BASE64, encoded.translateEscapes())).isEqualTo(decoded);
    }

    @Property
    void undoesWhatTheLibraryEncodes(@ForAll byte[] octets) {
        byte[] encoded = Base64.getMimeEncoder().encode(octets);
        assertThat(TransferEncoding.BASE64.decode(encoded, 0, encoded.length)).isEqualTo(octets);
    }

    private static String decode(TransferEncoding encoding, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(encoding.decode(bytes, 0, bytes.length), StandardCharsets.ISO_8859_1);
    }
}
