package org.facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.facteur.mail.header.HeaderField;

/** Whatever octets arrive, a structure comes out whose offsets lie inside and whose index says the same. */
class MimeFuzzTest {
    /** Pieces of messages in any order: close enough to MIME to reach every branch. */
    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "Content-Type: multipart/mixed; boundary=a\r\n",
                        "Content-Type: multipart/digest; boundary=\"ab\"\n",
                        "Content-Type: multipart/mixed; boundary*0=a; boundary*1*=b%\r\n",
                        "Content-Type: message/rfc822\r\n",
                        "Content-Type: text/html; charset=\"x\0y\\",
                        "Content-Transfer-Encoding: base64\r\n",
                        "Content-Transfer-Encoding: quoted-printable\n",
                        "Content-Disposition: attachment; filename*=utf-8''%e",
                        "From: a@b, \"c\r\n d\" <e@f>, g: h;\r\n",
                        "Subject: =?utf-8?q?=C3?= =?utf-8?b?vA?=\r\n",
                        "References: <a@b> <c",
                        "--a\r\n",
                        "--a--\r\n",
                        "--ab\r\n",
                        "--ab--",
                        "--",
                        "\r\n",
                        "\n",
                        "\r",
                        " ",
                        ":",
                        "=",
                        "text\r\n",
                        "\u00e9\u0080\u00ff",
                        "\0")
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 3000)
    void takesAnyPieces(@ForAll("pieces") List<String> pieces) {
        check(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 1000)
    void takesAnyOctets(@ForAll @Size(max = 300) byte[] octets) {
        check(octets);
    }

    @Property(tries = 2000)
    void refusesAnyOtherIndex(@ForAll("pieces") List<String> pieces, @ForAll int at, @ForAll byte changed) {
        byte[] message = String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1);
        byte[] index = MessageStructure.parse(message).index().encode();
        index[Math.floorMod(at, index.length)] = changed;
        Throwable thrown = catchThrowable(() -> PartIndex.decode(index));
        assertThat(thrown == null || thrown instanceof IllegalArgumentException).isTrue();
    }

    private static void check(byte[] octets) {
        int before = 3;
        byte[] bytes = new byte[octets.length + 7];
        System.arraycopy(octets, 0, bytes, before, octets.length);
        MessageStructure structure = MessageStructure.parse(bytes, before, before + octets.length);
        inside(structure.root(), before, before + octets.length);
        ImapEnvelope.write(structure.header());
        ImapBodyStructure.write(structure, true);
        ImapBodyStructure.write(structure, false);
        MessageReferences.of(structure.header());
        structure.header().value("Subject").ifPresent(BaseSubject::of);

        PartIndex index = PartIndex.decode(structure.index().encode());
        assertThat(index).isEqualTo(PartIndex.of(MessageStructure.parse(octets)));
        assertThat(index.section("")).contains(new ByteRange(0, octets.length));
        index.texts().forEach(part -> part.text(octets));
        for (String section : sections(index.root(), "", true)) {
            ByteRange range = index.section(section).orElseThrow();
            assertThat(range.from()).isBetween(0, octets.length);
            assertThat(range.to()).isBetween(range.from(), octets.length);
        }
        assertThat(index.prepended(5).section("TEXT").orElseThrow().from())
                .isEqualTo(index.section("TEXT").orElseThrow().from() + 5);
    }

    private static void inside(MimePart part, int from, int to) {
        assertThat(part.headerStart()).isBetween(from, to);
        assertThat(part.bodyStart()).isBetween(part.headerStart(), to);
        assertThat(part.end()).isBetween(part.bodyStart(), to);
        assertThat(part.lines()).isBetween(0, part.octets());
        for (HeaderField field : part.header()) {
            assertThat(field.start()).isLessThanOrEqualTo(field.valueStart());
            assertThat(field.end()).isBetween(field.valueStart(), part.bodyStart());
            assertThat(field.value()).doesNotContain("\n");
        }
        part.contentType().parameters().list().forEach(parameter -> part.contentType()
                .parameters()
                .text(parameter.name()));
        int next = part.bodyStart();
        for (MimePart child : part.children()) {
            inside(child, next, part.end());
            next = child.end();
        }
    }

    private static List<String> sections(IndexedPart part, String number, boolean message) {
        List<String> sections = new ArrayList<>();
        String dot = number.isEmpty() ? "" : number + ".";
        if (message) {
            sections.add(dot + "HEADER");
            sections.add(dot + "TEXT");
        }
        if (!number.isEmpty()) {
            sections.add(number);
            sections.add(dot + "MIME");
        }
        IndexedPart inner = part.kind() == MimePart.Kind.MESSAGE && !number.isEmpty()
                ? part.children().get(0)
                : part;
        for (int i = 0;
                inner.kind() == MimePart.Kind.MULTIPART && i < inner.children().size();
                i++) {
            IndexedPart child = inner.children().get(i);
            sections.addAll(sections(child, dot + (i + 1), child.kind() == MimePart.Kind.MESSAGE));
        }
        if (message && inner.kind() != MimePart.Kind.MULTIPART) {
            sections.add(dot + "1");
        }
        return sections;
    }
}
