package org.facteur.admin.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReportFuzzTest {
    @Property(tries = 1000)
    void anyElementsAreAReportOrAReason(@ForAll("xml") String xml) {
        isReportOrReason(ReportReading.of(ReportTexts.message("text/xml", "r.xml", xml.getBytes(UTF_8))));
    }

    @Property(tries = 1000)
    void anyTokensAreAReportOrAReason(@ForAll("json") String json) {
        isReportOrReason(
                ReportReading.of(ReportTexts.message("application/tlsrpt+json", "r.json", json.getBytes(UTF_8))));
    }

    @Property(tries = 1000)
    void anyOctetsInAnArchiveAreAReportOrAReason(
            @ForAll @Size(max = 400) byte[] octets, @ForAll @IntRange(max = 3) int packing, @ForAll int cut) {
        byte[] file = packing == 0 ? octets : packing == 1 ? ReportTexts.gzip(octets) : ReportTexts.zip(octets);
        byte[] part = packing == 3 ? Arrays.copyOf(file, Math.floorMod(cut, file.length + 1)) : file;
        isReportOrReason(ReportReading.of(ReportTexts.message("application/zip", "r.zip", part)));
    }

    @Property(tries = 1000)
    void anyMessageIsAReportOrAReason(@ForAll("message") String message) {
        isReportOrReason(ReportReading.of(message.getBytes(UTF_8)));
    }

    private static void isReportOrReason(ReportReading reading) {
        assertThat(reading.reports().isEmpty()).isEqualTo(!reading.problem().isEmpty());
        assertThat(reading.problem()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}");
    }

    @Provide
    static Arbitrary<String> xml() {
        Arbitrary<String> whole = Arbitraries.of(
                "<feedback>",
                "</feedback>",
                "<report_metadata><org_name>o</org_name><report_id>1</report_id>",
                "<date_range><begin>1764028800</begin><end>1764115199</end></date_range></report_metadata>",
                "<policy_published><domain>here.test</domain></policy_published>",
                "<record>",
                "</record>",
                "<row><source_ip>192.0.2.1</source_ip><count>1</count></row>",
                "<row><source_ip>::</source_ip><count></count></row>",
                "<identifiers><header_from>\u00e9.test</header_from></identifiers>");
        Arbitrary<String> odd = Arbitraries.of(
                "<!DOCTYPE feedback>",
                "<?x y?>",
                "<![CDATA[",
                "]]>",
                "&amp;",
                "&e;",
                "&#0;",
                "<a b='c' b='d'>",
                "<!--",
                "\u0000",
                "<x:y>",
                "<",
                ">");
        return joined(Arbitraries.frequencyOf(Tuple.of(6, whole), Tuple.of(1, odd)));
    }

    @Provide
    static Arbitrary<String> json() {
        return joined(Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "null",
                        "1e9",
                        "-1",
                        "\"organization-name\":\"o\",",
                        "\"report-id\":\"1\",",
                        "\"date-range\":{\"start-datetime\":\"2025-11-25T00:00:00Z\",\"end-datetime\":\"x\"},",
                        "\"policies\":[{\"policy\":{\"policy-domain\":\"here.test\"},\"summary\":{}}]",
                        "\"policies\":3",
                        "\"\\ud800\""))
                .map(text -> "{" + text);
    }

    @Provide
    static Arbitrary<String> message() {
        return joined(Arbitraries.of(
                "Content-Type: multipart/mixed; boundary=b\r\n",
                "Content-Type: multipart/report; boundary\r\n",
                "Content-Type: message/rfc822\r\n",
                "Content-Type: application/gzip; name*0*=x''%\r\n",
                "Content-Transfer-Encoding: base64\r\n",
                "Content-Transfer-Encoding: quoted-printable\r\n",
                "Content-Transfer-Encoding: uuencode\r\n",
                "\r\n",
                "--b\r\n",
                "--b--\r\n",
                "H4sI",
                "=3D=",
                "begin 644 x\r\n",
                "<feedback/>"));
    }

    private static Arbitrary<String> joined(Arbitrary<String> piece) {
        return piece.list().ofMaxSize(20).map(pieces -> String.join("", pieces));
    }
}
