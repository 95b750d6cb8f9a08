package org.facteur.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "7bit,a=41,a=41",
        "quoted-printable,a=41b=,aAb=",
        "quoted-printable,=zz,=zz",
        "base64,aGVsbG8=,hello",
        "base64,aGVs bG8,hello"
    })
    void decodes(String encoding, String octets, String expected) {
        assertThat(TransferEncoding.decode(encoding, octets.getBytes(StandardCharsets.US_ASCII)))
                .hasValue(expected.getBytes(StandardCharsets.US_ASCII));
    }

    @Property
    void takesAnyOctets(@ForAll byte[] octets) {
        assertThat(TransferEncoding.decode("quoted-printable", octets)).isPresent();
        assertThat(TransferEncoding.decode("base64", octets)).isNotNull();
        assertThat(TransferEncoding.decode("x-unknown", octets)).isEmpty();
    }
}
