package org.facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.facteur.mail.address.AddressList;
import org.facteur.mail.header.HeaderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageStructureTest {
    @Test
    void looksNoDeeperThanTheBound() {
        String message = "Content-Type: message/rfc822\r\n\r\n".repeat(200);
        MimePart part = parse(message).root();
        int depth = 1;
        while (!part.children().isEmpty()) {
            part = part.children().get(0);
            depth++;
        }
        assertThat(depth).isEqualTo(MessageStructure.MAX_DEPTH);
        assertThat(part.contentType().mediaType()).isEqualTo("application/octet-stream");
        assertThat(part.end()).isEqualTo(message.length());
    }

    @Test
    void tellsNoMorePartsApartThanTheBound() {
        MessageStructure structure = parse(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(3000) + "--b--\r\n");
        assertThat(structure.root().children()).hasSize(MessageStructure.MAX_PARTS - 1);
        assertThat(structure.index().section("1").orElseThrow().length()).isEqualTo(1);
        assertThat(structure.index().section("999").orElseThrow().to())
                .isEqualTo(structure.root().end());
        assertThat(PartIndex.decode(structure.index().encode())).isEqualTo(structure.index());
    }

    @Test
    void tellsNoMoreFieldsApartThanTheBound() {
        MessageStructure structure = parse("a:\r\n".repeat(30_000) + "\r\nbody");
        assertThat(structure.header().fields()).hasSize(HeaderFields.MAX_FIELDS + 1);
        assertThat(structure.root().bodyStart()).isEqualTo(120_002);
        assertThat(structure.header().fields().get(HeaderFields.MAX_FIELDS).name())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("manyAddresses")
    void showsNoMoreAddressesThanTheBound(String message) {
        MessageStructure structure = parse(message);
        byte[] envelope = ImapEnvelope.write(structure.header());
        byte[] body = ImapBodyStructure.write(structure, true);
        assertThat(envelope.length + body.length).isLessThan(3 * 17 * AddressList.MAX_ENTRIES + 300_000);
    }

    static Stream<String> manyAddresses() {
        String list = "a,".repeat(1000);
        return Stream.of(
                ("From: " + list + "\r\n").repeat(100) + "\r\n",
                "To: " + ("g:" + list + ";").repeat(100) + "\r\n\r\n",
                "Content-Type: multipart/digest; boundary=b\r\n\r\n"
                        + ("--b\r\n\r\nFrom: " + list + "\r\n\r\n").repeat(100));
    }

    @Test
    void keepsNoMoreLanguagesThanTheBound() {
        assertThat(parse("Content-Language: " + "en, ".repeat(500) + "\r\n\r\n")
                        .root()
                        .languages())
                .hasSize(100)
                .containsOnly("en");
    }

    @Test
    void readsBareLineFeeds() {
        MessageStructure structure =
                parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nX: y\n\ntwo\n--b--\n");
        assertThat(structure.root().children()).extracting(MimePart::octets).containsExactly(3, 3);
    }

    @Test
    void decodesParametersForPeople() {
        MimePart part = parse("Content-Type: a/b; name=\"=?UTF-8?Q?=C3=A4?=\"\r\n"
                        + "Content-Disposition: attachment; filename*0*=utf-8'de'%C3%A4; filename*1=\"%.txt\"\r\n\r\n")
                .root();
        assertThat(part.contentType().parameters().text("name")).contains("ä");
        assertThat(part.disposition().orElseThrow().parameters().text("filename"))
                .contains("ä%.txt");
    }

    @Test
    void keepsTheIndexSmall() {
        MessageStructure structure = parse("Content-Type: multipart/alternative; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\none\r\n"
                + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\ntwo\r\n--b--\r\n");
        assertThat(structure.index().encode()).hasSizeLessThan(40);
    }

    private static MessageStructure parse(String message) {
        return MessageStructure.parse(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
