package org.facteur.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.facteur.admin.reports.ReportTexts;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Topic;
import org.facteur.platform.kafka.MailRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports of others, from the topic to the API, with a real broker and a real database. */
class ReportsIT {
    private static final String SINCE = "?since=2025-11-01T00:00:00Z";
    private static AdminFixture admin;

    @BeforeAll
    static void start() throws Exception {
        admin = new AdminFixture();
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @Test
    void aDmarcReportIsShownOnce() {
        domain("dmarc.test");
        admin.dns.ptr("2001:db8::5", "spam.example");
        byte[] report = ReportTexts.gzip(ReportTexts.dmarc("dmarc.test", "r1").getBytes(UTF_8));
        byte[] forged = ReportTexts.dmarc("dmarc.test", "r2").getBytes(UTF_8);
        send("m1", "dmarc.test", "pass", ReportTexts.message("application/gzip", "a.xml.gz", report));
        send("m2", "dmarc.test", "pass", ReportTexts.message("application/gzip", "a.xml.gz", report));
        send("m3", "dmarc.test", "fail", ReportTexts.message("text/xml", "a.xml", forged));
        send("m4", "dmarc.test", "none", "Subject: hello\r\n\r\nHello.\r\n".getBytes(UTF_8));
        JsonNode summary = eventually("/api/domains/dmarc.test/dmarc" + SINCE, 3);
        assertThat(summary.path("messages").path("passed").asLong()).isEqualTo(7);
        assertThat(summary.path("messages").path("failed").asLong()).isEqualTo(5);
        assertThat(summary.path("sources")).hasSize(2);
        assertThat(summary.path("sources").get(0).toString())
                .isEqualTo("{\"source\":\"2001:db8::5\",\"names\":[\"spam.example\"],\"passed\":0,\"failed\":5}");
        assertThat(summary.path("reporters").toString())
                .isEqualTo("[{\"organization\":\"receiver.test\",\"reports\":1,\"passed\":7,\"failed\":5}]");
        assertThat(summary.path("days").toString()).isEqualTo("[{\"day\":\"2025-11-25\",\"passed\":7,\"failed\":5}]");
        assertThat(summary.path("reports").findValuesAsText("problem"))
                .containsOnlyOnce("the message has no report in it");
        assertThat(summary.path("reports").findValuesAsText("counted")).containsOnlyOnce("true");
        assertThat(admin.get("/api/domains/dmarc.test/dmarc").body().path("reports"))
                .as("of the last 30 days: the message that has no time of its own")
                .hasSize(1);
    }

    @Test
    void aTlsReportIsShown() {
        domain("tls.test");
        byte[] report = ReportTexts.gzip(ReportTexts.tls("tls.test", "t1").getBytes(UTF_8));
        send("m5", "tls.test", "pass", ReportTexts.message("application/tlsrpt+gzip", "t.json.gz", report));
        JsonNode summary = eventually("/api/domains/tls.test/tls" + SINCE, 1);
        assertThat(summary.path("sessions").toString()).isEqualTo("{\"passed\":5326,\"failed\":303}");
        assertThat(summary.path("failures").get(0).toString())
                .isEqualTo("{\"policyType\":\"sts\",\"result\":\"starttls-not-supported\","
                        + "\"mx\":\"mx2.mail.tls.test\",\"sessions\":203}");
        assertThat(admin.get("/api/domains/tls.test/dmarc" + SINCE).body().path("reports"))
                .isEmpty();
    }

    @Test
    void aReportAboutStrangersIsNone() {
        domain("own.test");
        byte[] report = ReportTexts.dmarc("stranger.test", "r1").getBytes(UTF_8);
        send("m6", "own.test", "pass", ReportTexts.message("text/xml", "a.xml", report));
        JsonNode summary = eventually("/api/domains/own.test/dmarc", 1);
        assertThat(summary.path("reports").get(0).path("problem").asText()).contains("stranger.test");
        assertThat(summary.path("messages").path("passed").asLong()).isZero();
    }

    @Test
    void onlyDomainsOfOursHaveReports() {
        assertThat(admin.get("/api/domains/absent.test/dmarc").status()).isEqualTo(404);
        assertThat(admin.get("/api/domains/absent.test/tls").status()).isEqualTo(404);
        domain("since.test");
        assertThat(admin.get("/api/domains/since.test/dmarc?since=yesterday").status())
                .isEqualTo(422);
    }

    private static void domain(String name) {
        admin.put("/api/domains/" + name, "{}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> admin.domains.get(name).isPresent());
    }

    private static void send(String id, String domain, String dmarc, byte[] message) {
        ReportMail mail = new ReportMail(
                ReportMail.VERSION, id, Instant.now(), "a@receiver.test", domain, "receiver.test", dmarc, "");
        AdminFixture.done(
                admin.producer.send(new MailRecord<>(mail, new Body.Inline(message)).to(Topic.REPORTS, domain)));
    }

    private static JsonNode eventually(String path, int reports) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> admin.get(path).body().path("reports").size() == reports);
        return admin.get(path).body();
    }
}
