package org.facteur.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Pool;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.facteur.platform.sql.PgPools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports that others send about our domain, and those that their owners get from us, end to end. */
class ReportsIT {
    private static final String SINCE = "?since=2026-01-01T00:00:00Z";

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(Map.of("FACTEUR_POLICY_SPF", "none"));
        world.account("bob@demo.test");
        world.dns.zone().add("""
                        asking.test. 300 TXT "v=spf1 ip4:127.0.0.1 -all"
                        _dmarc.asking.test. 300 TXT "v=DMARC1; p=none; rua=mailto:dmarc@outside.test,mailto:x@victim.test"
                        asking.test._report._dmarc.outside.test. 300 TXT "v=DMARC1"
                        """);
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void aDmarcReportThatComesIsShownAndNoMailboxGetsIt() throws Exception {
        assertThat(report("dmarc-reports@demo.test", "application/gzip", "r.xml.gz", gzip(xml("first"))))
                .startsWith("250");
        assertThat(report("dmarc-reports@demo.test", "application/gzip", "r.xml.gz", gzip(xml("first"))))
                .as("the same once more")
                .startsWith("250");
        World.eventually(() -> summary("dmarc").path("messages").path("failed").asInt() == 5);
        assertThat(summary("dmarc").path("messages").path("passed").asInt()).isEqualTo(7);
        assertThat(summary("dmarc").path("sources").path(0).path("source").asText())
                .isEqualTo("192.0.2.9");
        assertThat(world.count("bob@demo.test", "INBOX", "Report")).isZero();
    }

    @Test
    void aTlsReportThatComesIsShown() throws Exception {
        String json = """
                {"organization-name": "receiver.test", "report-id": "t1",
                 "date-range": {"start-datetime": "2026-11-20T00:00:00Z", "end-datetime": "2026-11-20T23:59:59Z"},
                 "policies": [{"policy": {"policy-type": "no-policy-found", "policy-domain": "demo.test"},
                   "summary": {"total-successful-session-count": 20, "total-failure-session-count": 3}}]}""";
        assertThat(report("tls-reports@demo.test", "application/tlsrpt+gzip", "r.json.gz", gzip(json.getBytes(UTF_8))))
                .startsWith("250");
        World.eventually(() -> summary("tls").path("sessions").path("failed").asInt() == 3);
        assertThat(summary("tls").path("sessions").path("passed").asInt()).isEqualTo(20);
    }

    @Test
    void hostileReportsAreKeptAsUnreadable() throws Exception {
        String entities = "<!DOCTYPE f [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><feedback>&e;</feedback>";
        assertThat(report("dmarc-reports@demo.test", "text/xml", "entities.xml", entities.getBytes(UTF_8)))
                .startsWith("250");
        assertThat(report("dmarc-reports@demo.test", "application/gzip", "bomb.xml.gz", gzip(new byte[64 << 20])))
                .startsWith("250");
        World.eventually(() -> {
            String all =
                    summary("dmarc").path("reports").findValuesAsText("problem").toString();
            return all.contains("document type") && all.contains("the archive holds more than");
        });
    }

    @Test
    void theOwnerOfADomainGetsAReportOfTheDay() throws Exception {
        assertThat(message("pass", "ann@asking.test")).startsWith("250");
        assertThat(message("fail", SmtpTalk.SENDER)).startsWith("250");
        Pool pool = PgPools.create(world.vertx, world.standalone.settings().postgres(), "reports-test", 1, "admin");
        World.eventually(
                () -> pool.query("select sum(messages) from dmarc_observed where policy_domain = 'asking.test'")
                                .execute()
                                .await()
                                .iterator()
                                .next()
                                .getInteger(0)
                        == 2);
        for (String table : new String[] {"dmarc_published", "dmarc_observed"}) {
            // as if two days had gone by
            pool.query("update " + table + " set day = day - 2").execute().await();
        }
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> sent().isPresent());
        String sent = sent().orElseThrow();
        assertThat(sent)
                .contains("RCPT TO:<dmarc@outside.test>")
                .doesNotContain("victim.test")
                .contains("DKIM-Signature:")
                .contains("From: postmaster@demo.test");
        assertThat(unpacked(sent))
                .contains("<org_name>mail.demo.test</org_name>")
                .contains("<domain>asking.test</domain>")
                .contains("<dkim>fail</dkim><spf>pass</spf>")
                .contains("<dkim>fail</dkim><spf>fail</spf>");
    }

    /** A message that says to be of asking.test. */
    private static String message(String subject, String reversePath) throws IOException {
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            return talk.send(
                    reversePath,
                    "bob@demo.test",
                    SmtpTalk.message(subject).replace("From: " + SmtpTalk.SENDER, "From: ann@asking.test"));
        }
    }

    private static Optional<String> sent() {
        return world.outside.messages().stream()
                .filter(one -> one.contains("Subject: Report Domain: asking.test"))
                .findFirst();
    }

    private static String unpacked(String sent) throws Exception {
        byte[] octets = sent.substring(sent.indexOf("DKIM-Signature:")).getBytes(UTF_8);
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        try (GZIPInputStream in = new GZIPInputStream(
                ((MimeMultipart) message.getContent()).getBodyPart(1).getInputStream())) {
            return new String(in.readAllBytes(), UTF_8).replaceAll(">\\s+<", "><");
        }
    }

    private static JsonNode summary(String kind) {
        return world.api.get("/api/domains/demo.test/" + kind + SINCE);
    }

    /** Hands a message with one file in; the reply to it. */
    private static String report(String to, String type, String name, byte[] file) throws IOException {
        String message = SmtpTalk.message(to, "Report", "")
                .replaceFirst(
                        "\r\n\r\n$",
                        "\r\nMIME-Version: 1.0\r\nContent-Type: " + type + "; name=" + name
                                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            return talk.send(
                    SmtpTalk.SENDER, to, message + Base64.getMimeEncoder().encodeToString(file));
        }
    }

    private static byte[] xml(String id) {
        return ("<feedback><report_metadata><org_name>receiver.test</org_name><email>d@receiver.test</email><report_id>"
                        + id + "</report_id><date_range><begin>1795132800</begin><end>1795219199</end></date_range>"
                        + "</report_metadata><policy_published><domain>demo.test</domain><p>none</p></policy_published>"
                        + row("192.0.2.1", 7, "pass") + row("192.0.2.9", 5, "fail") + "</feedback>")
                .getBytes(UTF_8);
    }

    private static String row(String source, int count, String dkim) {
        return "<record><row><source_ip>" + source + "</source_ip><count>" + count
                + "</count><policy_evaluated><disposition>none</disposition><dkim>" + dkim
                + "</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>demo.test</header_from>"
                + "</identifiers><auth_results><spf><domain>x.test</domain><result>fail</result></spf></auth_results>"
                + "</record>";
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }
}
