package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facteur.admin.cli.ApiClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way of a message, end to end on real sockets. */
class WayOfAMessageIT {
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(Map.of("FACTEUR_RETRY", "1s,1s"));
        world.account("alice@demo.test");
        world.account("bob@demo.test");
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void fromOutsideToAMailbox() throws Exception {
        DemoMail.fromOutside(world.vertx, world.port("smtp"), world.dns, "bob+news@demo.test", "outside")
                .await();
        World.eventually(() -> world.count("bob@demo.test", "INBOX", "outside") == 1);
        String results = DemoMail.header(world.port("imap"), "bob@demo.test", World.PASSWORD, "Authentication-Results");
        assertThat(results)
                .startsWith("mail.demo.test")
                .contains("spf=pass")
                .contains("dkim=pass")
                .contains("dmarc=pass")
                .contains("iprev=pass");
        JsonNode found = world.api.get("/api/messages?address=" + ApiClient.encode("bob+news@demo.test"));
        String id = found.get(0).path("id").asText();
        World.eventually(() -> stages(id).containsAll(List.of("smtp-ingress", "auth-verifier", "mailbox-store")));
    }

    @Test
    void forgedMailIsRefusedInTheSession() throws Exception {
        world.dns
                .zone()
                .add("forged.test. 300 TXT \"v=spf1 -all\"\n_dmarc.forged.test. 300 TXT \"v=DMARC1; p=reject\"");
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            String reply = talk.send(
                    "ceo@forged.test", "bob@demo.test", "From: ceo@forged.test\r\nSubject: forged\r\n\r\nPay now");
            assertThat(reply).startsWith("550 5.7.26 DMARC policy of forged.test refuses");
        }
    }

    @Test
    void forgedMailOfACautiousDomainLandsInJunk() throws Exception {
        world.dns
                .zone()
                .add("cautious.test. 300 TXT \"v=spf1 -all\"\n"
                        + "_dmarc.cautious.test. 300 TXT \"v=DMARC1; p=quarantine\"");
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            String reply = talk.send(
                    "ceo@cautious.test",
                    "bob@demo.test",
                    "From: ceo@cautious.test\r\nSubject: quarantined\r\n\r\nPay now");
            assertThat(reply).startsWith("250");
        }
        World.eventually(() -> world.count("bob@demo.test", "Junk", "quarantined") == 1);
        assertThat(world.count("bob@demo.test", "INBOX", "quarantined")).isZero();
    }

    @Test
    void strangersCannotRelayAndUnknownAddressesAreRefused() throws Exception {
        assertThat(SmtpTalk.probe(world.port("smtp"), "x@elsewhere.test")).startsWith("550 5.7.1");
        assertThat(SmtpTalk.probe(world.port("smtp"), "nobody@demo.test")).startsWith("550 5.1.1");
    }

    @Test
    void fromAClientToTheWorldAndToAMailboxHere() throws Exception {
        DemoMail.fromClient(
                        world.vertx,
                        world.port("submission"),
                        "alice@demo.test",
                        World.PASSWORD,
                        List.of("bob@demo.test", "carol@outside.test"),
                        "submitted")
                .await();
        World.eventually(() -> world.count("bob@demo.test", "INBOX", "submitted") == 1);
        World.eventually(() -> world.outside.messages().stream().anyMatch(one -> one.contains("Subject: submitted")));
        String sent = world.outside.messages().stream()
                .filter(one -> one.contains("Subject: submitted"))
                .findFirst()
                .orElseThrow();
        assertThat(sent)
                .contains("MAIL FROM:<alice@demo.test>")
                .contains("RCPT TO:<carol@outside.test>")
                .containsSubsequence("DKIM-Signature:", "DKIM-Signature:", "Received:", "Subject: submitted");
    }

    @Test
    void undeliverableMailComesBackAsANotification() throws Exception {
        world.dns.zone().add("nomail.test. 300 MX 0 .");
        DemoMail.fromClient(
                        world.vertx,
                        world.port("submission"),
                        "alice@demo.test",
                        World.PASSWORD,
                        List.of("someone@nomail.test"),
                        "to nowhere")
                .await();
        World.eventually(() -> world.count("alice@demo.test", "INBOX", "Your message could not be delivered") == 1);
    }

    @Test
    void aLargeMessageStreamsThroughTheBodyStore() throws Exception {
        StringBuilder text = new StringBuilder(SmtpTalk.message("large"));
        for (int i = 0; i < 100_000; i++) {
            text.append("\r\nline ").append(i);
        }
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            assertThat(talk.send("carol@outside.test", "bob@demo.test", text.toString()))
                    .startsWith("250");
        }
        World.eventually(() -> world.count("bob@demo.test", "INBOX", "large") == 1);
        assertThat(DemoMail.whole(world.port("imap"), "bob@demo.test", World.PASSWORD, "large"))
                .endsWith(text + "\r\n");
    }

    @Test
    void theBacklogOfEveryStageIsTold() {
        World.eventually(() -> stagesOf("facteur_backlog_records").size() > 1);
        assertThat(stagesOf("facteur_backlog_records"))
                .isEqualTo(stagesOf("facteur_stage_lag"))
                .isEqualTo(stagesOf("facteur_backlog_oldest_seconds"));
    }

    private static Set<String> stagesOf(String metric) {
        return Pattern.compile("^" + metric + "\\{.*?stage=\"([^\"]+)\"", Pattern.MULTILINE)
                .matcher(metrics())
                .results()
                .map(series -> series.group(1))
                .collect(Collectors.toSet());
    }

    private static String metrics() {
        try (InputStream answer = URI.create("http://127.0.0.1:" + world.port("metrics") + "/metrics")
                .toURL()
                .openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> stages(String id) {
        return world.api.get("/api/messages/" + id).path("events").findValuesAsText("stage");
    }
}
