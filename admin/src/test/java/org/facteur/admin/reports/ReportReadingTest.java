package org.facteur.admin.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReportReadingTest {
    private static final byte[] DMARC = ReportTexts.dmarc("here.test", "r1").getBytes(UTF_8);
    private static final byte[] TLS = ReportTexts.tls("here.test", "t1").getBytes(UTF_8);

    static Stream<Arguments> forms() {
        return Stream.of(
                arguments("application/gzip", "a.xml.gz", ReportTexts.gzip(DMARC)),
                arguments("application/octet-stream", "a.bin", ReportTexts.gzip(DMARC)),
                arguments("application/zip", "a.zip", ReportTexts.zip(DMARC)),
                arguments("application/x-zip-compressed", "a.xml.gz", ReportTexts.zip(DMARC)),
                arguments("text/xml", "a.xml", DMARC),
                arguments("text/plain", "a.xml", DMARC));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aReportIsReadInEveryForm(String type, String name, byte[] file) {
        ReportReading reading = ReportReading.of(ReportTexts.message(type, name, file));
        assertThat(reading.problem()).isEmpty();
        assertThat(of(DmarcReport.class, reading)).hasSize(1).allSatisfy(report -> {
            assertThat(report.organization()).isEqualTo("receiver.test");
            assertThat(report.reportId()).isEqualTo("r1");
            assertThat(report.domain()).isEqualTo("here.test");
            assertThat(report.begins()).isEqualTo(Instant.ofEpochSecond(1764028800));
            assertThat(report.passed()).isEqualTo(7);
            assertThat(report.failed()).isEqualTo(5);
            assertThat(report.lines())
                    .containsExactly(
                            new DmarcReport.Line(
                                    "192.0.2.1",
                                    7,
                                    "none",
                                    true,
                                    false,
                                    "here.test",
                                    "",
                                    "dkim=pass here.test; spf=pass other.test"),
                            new DmarcReport.Line(
                                    "2001:db8::5",
                                    5,
                                    "none",
                                    false,
                                    false,
                                    "here.test",
                                    "spam.test",
                                    "local_policy: arc=pass; spf=softfail spam.test"));
        });
    }

    @Test
    void theNamespaceOfTheStandardIsReadToo() {
        String namespaced = ReportTexts.dmarc("here.test", "r1")
                .replace("<feedback>", "<d:feedback xmlns:d=\"urn:ietf:params:xml:ns:dmarc-2.0\">")
                .replace("</feedback>", "</d:feedback>");
        assertThat(dmarc(namespaced).reports()).hasSize(1);
    }

    @Test
    void aTlsReportIsReadPlainAndPacked() {
        for (byte[] file : new byte[][] {TLS, ReportTexts.gzip(TLS)}) {
            ReportReading reading = ReportReading.of(ReportTexts.message("application/tlsrpt+gzip", "t", file));
            assertThat(of(TlsReport.class, reading)).hasSize(1).allSatisfy(report -> {
                assertThat(report.domain()).isEqualTo("here.test");
                assertThat(report.passed()).isEqualTo(5326);
                assertThat(report.failed()).isEqualTo(303);
                assertThat(report.failures())
                        .extracting(TlsReport.Failure::result, TlsReport.Failure::sessions)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("certificate-expired", 100L),
                                org.assertj.core.groups.Tuple.tuple("starttls-not-supported", 203L));
            });
        }
    }

    static Stream<Arguments> hostile() {
        String report = ReportTexts.dmarc("here.test", "r1");
        String body = report.substring(report.indexOf("<feedback>"));
        return Stream.of(
                arguments("gzip bomb", ReportTexts.gzip(new byte[100 * 1024 * 1024]), "holds more than"),
                arguments("zip bomb", ReportTexts.zip(new byte[100 * 1024 * 1024]), "holds more than"),
                arguments("large file", new byte[Unpacking.MOST_OCTETS + 10], "larger than"),
                arguments("archive within an archive", ReportTexts.gzip(ReportTexts.gzip(DMARC)), "within an archive"),
                arguments("zip within zip", ReportTexts.zip(ReportTexts.zip(DMARC)), "within an archive"),
                arguments("two files", ReportTexts.zip(DMARC, DMARC), "several files"),
                arguments("empty zip", ReportTexts.zip(), "larger|empty|not the XML"),
                arguments("truncated gzip", Arrays.copyOf(ReportTexts.gzip(DMARC), 200), "broken"),
                arguments("truncated zip", Arrays.copyOf(ReportTexts.zip(DMARC), 200), "broken"),
                arguments("truncated XML", Arrays.copyOf(DMARC, 900), "not the XML"),
                arguments("empty", new byte[0], "not the XML"),
                arguments("binary", random(5000), "not the XML|broken"),
                arguments(
                        "external entity",
                        octets("<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + body.replace("receiver.test", "&x;")),
                        "not accepted|not the XML"),
                arguments(
                        "external document type",
                        octets("<!DOCTYPE feedback SYSTEM \"http://127.0.0.1:1/a.dtd\">" + body),
                        "not accepted"),
                arguments(
                        "billion laughs", octets(laughs() + body.replace("receiver.test", "&l9;")), "not accepted|XML"),
                arguments("another document", octets("<html><body/></html>"), "not a <feedback>"),
                arguments("deep", octets("<feedback>" + "<a>".repeat(100_000)), "too deeply"),
                arguments("no count", octets(body.replace("<count>7</count>", "")), "count"),
                arguments("negative", octets(body.replace(">7<", ">-7<")), "count"),
                arguments("overflow", octets(body.replace(">7<", ">99999999999999999<")), "count"),
                arguments("no address", octets(body.replace("192.0.2.1", "evil.test")), "address"),
                arguments("no id", octets(body.replace("<report_id>r1</report_id>", "")), "missing"),
                arguments("backwards", octets(body.replace("1764115199", "1")), "ends before"),
                arguments("far off", octets(body.replace("1764115199", "99999999999999")), "end"),
                arguments("rows", octets(manyRows(body)), "more than 20000 rows"),
                arguments("JSON", octets("{\"a\":" + "[".repeat(100_000)), "not the JSON"),
                arguments("JSON of nothing", octets("{\"a\":[" + "{},".repeat(500_000) + "{}]}"), "larger than"),
                arguments("JSON number", octets(new String(TLS, UTF_8).replace("5326", "1e400")), "number"),
                arguments("JSON negative", octets(new String(TLS, UTF_8).replace("5326", "-1")), "number"),
                arguments("JSON time", octets(new String(TLS, UTF_8).replace("2025-11-25T00", "x")), "not a time"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileFilesAreUnreadableWithAReason(String name, byte[] file, String problem) {
        ReportReading reading = ReportReading.of(ReportTexts.message("application/octet-stream", "x", file));
        assertThat(reading.reports()).isEmpty();
        assertThat(reading.problem()).containsPattern(problem).hasSizeLessThan(400);
    }

    @Test
    void whatIsNoReportSaysSo() {
        for (String message : new String[] {
            "",
            "Subject: hi\r\n\r\nHello.\r\n",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(200),
            nested(30)
        }) {
            assertThat(ReportReading.of(message.getBytes(UTF_8)).problem()).isNotEmpty();
        }
    }

    @Test
    void longTextsAreCut() {
        String longer =
                ReportTexts.dmarc("here.test", "r1").replace("receiver.test</org", "o".repeat(200_000) + "</org");
        assertThat(dmarc(longer).reports().get(0).organization()).hasSizeLessThanOrEqualTo(253);
    }

    @Test
    void anyChangedOctetIsAReportOrAReason() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] file = (i % 2 == 0 ? DMARC : TLS).clone();
            for (int change = 0; change < 3; change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            byte[] packed = i % 3 == 0 ? ReportTexts.gzip(file) : file;
            ReportReading reading = ReportReading.of(ReportTexts.message("application/x", "x", packed));
            assertThat(reading.reports()).hasSize(reading.problem().isEmpty() ? 1 : 0);
        }
    }

    private static <T> List<T> of(Class<T> kind, ReportReading reading) {
        assertThat(reading.reports()).hasOnlyElementsOfType(kind);
        return reading.reports().stream().map(kind::cast).toList();
    }

    private static ReportReading dmarc(String xml) {
        return ReportReading.of(ReportTexts.message("text/xml", "x.xml", octets(xml)));
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(1).nextBytes(octets);
        return octets;
    }

    private static String laughs() {
        StringBuilder out = new StringBuilder("<!DOCTYPE feedback [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            out.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return out.append("]>").toString();
    }

    private static String manyRows(String body) {
        int from = body.indexOf("<record>");
        int to = body.indexOf("</record>") + "</record>".length();
        String row = body.substring(from, to).replaceAll("\\s+", "").replaceAll("<auth_results>.*</auth_results>", "");
        return body.substring(0, from) + row.repeat(20_001) + "</feedback>";
    }

    private static String nested(int depth) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            out.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        return out.append("\r\nend\r\n").toString();
    }
}
