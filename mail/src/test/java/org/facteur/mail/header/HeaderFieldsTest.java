package org.facteur.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5322 section 2.2 and what arrives in its place. */
class HeaderFieldsTest {
    @Test
    void indexesFieldsInPlace() {
        String message = "From: a@b\r\nSUBJECT : one\r\n\ttwo \r\nX:\r\nsubject:three\r\n\r\nbody: no field\r\n";
        HeaderFields header = parse(message);
        assertThat(header.fields()).extracting(HeaderField::name).containsExactly("From", "SUBJECT", "X", "subject");
        assertThat(header.value("Subject")).contains("one\ttwo");
        assertThat(header.count("suBject")).isEqualTo(2);
        assertThat(header.all("Subject")).extracting(HeaderField::value).containsExactly("one\ttwo", "three");
        assertThat(header.value("X")).contains("");
        assertThat(header.first("To")).isEmpty();
        assertThat(header.bodyStart()).isEqualTo(message.indexOf("body"));
        assertThat(header.fieldsEnd()).isEqualTo(message.indexOf("\r\nbody"));
        HeaderField subject = header.first("Subject").orElseThrow();
        assertThat(message.substring(subject.start(), subject.end())).isEqualTo("SUBJECT : one\r\n\ttwo \r\n");
        assertThat(message.charAt(subject.valueStart() - 1)).isEqualTo(':');
        assertThat(subject).hasToString("SUBJECT : one\r\n\ttwo \r\n");
    }

    @Test
    void readsBareLineFeeds() {
        HeaderFields header = parse("A: 1\n 2\nB: 3\n\nbody");
        assertThat(header.value("a")).contains("1 2");
        assertThat(header.bodyStart()).isEqualTo(14);
    }

    @Test
    void keepsALineWithoutColonAsANamelessField() {
        HeaderFields header = parse("From somebody\r\n x: y\r\nA: 1\r\n");
        assertThat(header.fields()).extracting(HeaderField::name).containsExactly("", "A");
    }

    @Test
    void mayEndAnywhere() {
        assertThat(parse("").fields()).isEmpty();
        assertThat(parse("\r\n").bodyStart()).isEqualTo(2);
        assertThat(parse("A: 1").value("A")).contains("1");
        assertThat(parse("A:").value("A")).contains("");
        assertThat(parse("A: 1\r").value("A")).contains("1");
        assertThat(parse("A: 1\r\n").bodyStart()).isEqualTo(6);
    }

    @Test
    void readsTextAsUtf8OrLatin1() {
        assertThat(parse("A: \u00c3\u00bc").value("A")).contains("ü");
        assertThat(parse("A: \u00fc").value("A")).contains("ü");
        assertThat(parse("A: \u00c3\u00bc").first("A").orElseThrow().octets()).isEqualTo("\u00c3\u00bc");
    }

    @Test
    void selectsFields() {
        HeaderFields header = parse("A: 1\r\n x\r\nB: 2\r\na: 3\r\n\r\nbody");
        assertThat(text(header.select(List.of("A"), false))).isEqualTo("A: 1\r\n x\r\na: 3\r\n\r\n");
        assertThat(text(header.select(List.of("A", "C"), true))).isEqualTo("B: 2\r\n\r\n");
    }

    private static HeaderFields parse(String message) {
        return HeaderFields.parse(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
