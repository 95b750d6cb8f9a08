package org.facteur.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeaderBuilderTest {
    @Test
    void foldsBetweenWords() {
        String header = new HeaderBuilder()
                .add("To", "a@example.org")
                .addText("Subject", "word ".repeat(30))
                .addMailbox("From", "Jörg", "j@example.org")
                .addMailbox("Sender", "", "x@example.org")
                .add("Empty", "")
                .toString();
        assertThat(header.split("\r\n")).allMatch(line -> line.length() <= 78 && !line.isBlank());
        assertThat(header).startsWith("To: a@example.org\r\nSubject: word word").endsWith("Empty:\r\n");
        assertThat(header).contains("From: =?UTF-8?B?SsO2cmc=?= <j@example.org>\r\nSender: x@example.org\r\n");
        assertThat(HeaderFields.parse(new HeaderBuilder()
                                .addText("Subject", "word ".repeat(30))
                                .toBytes())
                        .value("Subject"))
                .contains("word ".repeat(30).strip());
    }

    @Property
    void letsNoFieldIn(@ForAll String value) {
        byte[] header = new HeaderBuilder().add("A", value).addText("B", value).toBytes();
        assertThat(HeaderFields.parse(header).fields())
                .extracting(HeaderField::name)
                .containsExactly("A", "B");
    }
}
