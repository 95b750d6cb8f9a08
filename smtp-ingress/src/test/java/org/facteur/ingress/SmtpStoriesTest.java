package org.facteur.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.net.Dialogue;
import org.facteur.platform.net.DialogueClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of what clients say and hear, one file each, against the real sessions on real sockets. */
class SmtpStoriesTest {
    private Harness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new Harness(Map.of("FACTEUR_MAX_MESSAGE", "2M"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greeting.txt",
                "pipelining.txt",
                "recipients.txt",
                "syntax.txt",
                "order.txt",
                "size.txt",
                "smuggling.txt",
                "bdat.txt",
                "starttls-injection.txt",
                "verdicts.txt",
                "no-login-here.txt",
                "too-many-errors.txt"
            })
    void fromOtherServers(String story) {
        Dialogue.resource(SmtpStoriesTest.class, story).play(harness.listen(Role.MX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission-order.txt", "submission.txt", "login-line-ends.txt"})
    void fromOurUsers(String story) {
        Dialogue.resource(SmtpStoriesTest.class, story)
                .with(Map.of(
                        "plain", base64("\0alice@example.org\0" + Harness.PASSWORD),
                        "wrong", base64("\0alice@example.org\0guess"),
                        "user", base64("alice@example.org"),
                        "password", base64(Harness.PASSWORD)))
                .play(harness.listen(Role.SUBMISSION));
    }

    @Test
    void aMessageIsHandedOnAsItCame() {
        Dialogue.resource(SmtpStoriesTest.class, "pipelining.txt").play(harness.listen(Role.MX));
        MailRecord<Received> record = harness.last(Topic.RECEIVED, Received.class);
        assertThat(record.envelope().reversePath()).isEqualTo("bob@example.com");
        assertThat(record.envelope().recipients()).hasSize(1);
        assertThat(record.envelope().prepend())
                .startsWith(
                        "Received: from client.example.com ([127.0.0.1])\r\n\tby mx.example.org (Facteur) with ESMTP id ")
                .contains("for <alice@example.org>;");
        assertThat(Harness.text(((Body.Inline) record.body()).bytes()))
                .isEqualTo("Subject: one\r\n\r\n.dot\r\nend\r\n");
    }

    @Test
    void missingFieldsAreAddedToASubmission() {
        fromOurUsers("submission.txt");
        MailRecord<Submitted> record = harness.last(Topic.SUBMITTED, Submitted.class);
        assertThat(record.envelope().account()).isEqualTo("alice@example.org");
        assertThat(record.envelope().prepend()).contains("\r\nDate: ").contains("\r\nMessage-ID: <");
    }

    @Test
    void nothingIsTakenThatCannotBeMadeDurable() {
        harness.sent.fail(new IllegalStateException("no broker"));
        Dialogue.resource(SmtpStoriesTest.class, "no-kafka.txt").play(harness.listen(Role.MX));
        assertThat(harness.sent.sent()).isEmpty();
    }

    @Test
    void halfAMessageLeavesNothing() throws Exception {
        int port = harness.listen(Role.MX);
        try (DialogueClient client = DialogueClient.connect(port)) {
            client.line("EHLO c")
                    .line("MAIL FROM:<bob@example.com>")
                    .line("RCPT TO:<alice@example.org>")
                    .line("DATA");
            while (!client.read().orElseThrow().startsWith("354")) {
                continue;
            }
            client.line("Subject: half");
        }
        Dialogue.resource(SmtpStoriesTest.class, "greeting.txt").play(port);
        assertThat(harness.sent.sent()).isEmpty();
    }

    @Test
    void aLargeMessageGoesToTheBodyStoreOctetByOctet() throws Exception {
        StringBuilder text = new StringBuilder("Subject: large\r\n\r\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("line ").append(i).append("\r\n");
        }
        try (DialogueClient client = DialogueClient.connect(harness.listen(Role.MX))) {
            client.line("EHLO c")
                    .line("MAIL FROM:<bob@example.com>")
                    .line("RCPT TO:<alice@example.org>")
                    .line("DATA");
            while (!client.read().orElseThrow().startsWith("354")) {
                continue;
            }
            client.send(text + ".\r\n");
            assertThat(client.read().orElseThrow()).startsWith("250 2.0.0 accepted as ");
        }
        Body.Stored body =
                (Body.Stored) harness.last(Topic.RECEIVED, Received.class).body();
        byte[] expected = text.toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(body.ref().size()).isEqualTo(expected.length);
        assertThat(body.ref().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(expected)));
    }

    @Test
    void loopsAreCut() {
        String received = "C: Received: from a by b; Tue, 24 Nov 2026 10:00:00 +0000\n".repeat(51);
        Dialogue.of("S: 220\nC: EHLO c\nS*: 250 \n"
                        + "C: MAIL FROM:<bob@example.com>\nS: 250\nC: RCPT TO:<alice@example.org>\nS: 250\nC: DATA\nS: 354\n"
                        + received + "C: \nC: text\nC: .\nS: 554 5.4.6\n")
                .play(harness.listen(Role.MX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: ceo@example.org\n",
                "From: alice@example.org\nFrom: ceo@example.org\n",
                "From:\n",
                "From: the board:;\n",
                "From: alice@example.org, ceo@example.org\n"
            })
    void theAuthorIsTheAccount(String from) {
        submit(header(from), "550 5.7.1");
    }

    @Test
    void noAuthorHidesBehindALongHeader() {
        submit(header("X: " + "x".repeat(900) + "\n").repeat(400) + header("From: ceo@example.org\n"), "552 5.3.4");
    }

    @Test
    void noAuthorHidesBehindManyFields() {
        submit(header("a:\n").repeat(10_001) + header("From: ceo@example.org\n"), "552 5.3.4");
    }

    private static String header(String lines) {
        return lines.lines().map(line -> "C: " + line + "\n").reduce("", String::concat);
    }

    private void submit(String header, String reply) {
        Dialogue.of("S: 220\nC: EHLO c\nS*: 250 AUTH\nC: AUTH PLAIN "
                        + base64("\0alice@example.org\0" + Harness.PASSWORD) + "\nS: 235\n"
                        + "C: MAIL FROM:<alice@example.org>\nC: RCPT TO:<someone@elsewhere.example>\nC: DATA\n"
                        + "S: 250\nS: 250\nS: 354\n" + header + "C: \nC: text\nC: .\nS: " + reply + "\n")
                .playTls(harness.listen(Role.SUBMISSIONS));
        assertThat(harness.sent.sent()).isEmpty();
    }

    /** Reasons with their counts after a story; every other reason is at 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MX          | recipients.txt       | quota=1 recipient=1 relay=1",
                "MX          | verdicts.txt         | dmarc=1",
                "MX          | size.txt             | size=1",
                "MX          | no-login-here.txt    | login=1",
                "MX          | greeting.txt         | ",
                "MX          | pipelining.txt       | recipient=1",
                "MX          | smuggling.txt        | syntax=2",
            })
    void everyRefusalIsCountedByItsReason(Role role, String story, String counts) {
        Dialogue.resource(SmtpStoriesTest.class, story).play(harness.listen(role));
        assertThat(refused(role)).isEqualTo(counts == null ? "" : counts);
    }

    @Test
    void aLogInIsRefusedForItself() {
        fromOurUsers("submission-order.txt");
        assertThat(refused(Role.SUBMISSION)).contains("login=");
        assertThat(refused(Role.MX)).isEmpty();
    }

    @Test
    void whatIsNotThereIsBusy() {
        harness.sent.fail(new IllegalStateException("no broker"));
        Dialogue.resource(SmtpStoriesTest.class, "no-kafka.txt").play(harness.listen(Role.MX));
        assertThat(refused(Role.MX)).isEqualTo("busy=1");
    }

    @Test
    void aMessageWithoutItsVerdictIsCounted() {
        assertThat(count("facteur_smtp_verdict_late_total")).isZero();
        Dialogue.resource(SmtpStoriesTest.class, "verdicts.txt").play(harness.listen(Role.MX));
        assertThat(count("facteur_smtp_verdict_late_total")).isEqualTo(1);
    }

    private double count(String name) {
        return harness.meters.get(name).counter().count();
    }

    private String refused(Role role) {
        return harness.meters.get("facteur_smtp_refused_total").tag("listener", role.listener()).counters().stream()
                .filter(counter -> counter.count() > 0)
                .map(counter -> counter.getId().getTag("reason") + "=" + (int) counter.count())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void recipientsBeyondTheMostAreNoErrors() {
        StringBuilder story = new StringBuilder("S: 220\nC: EHLO c\nS*: 250 \nC: MAIL FROM:<bob@example.com>\n");
        story.append("C: RCPT TO:<alice@example.org>\n".repeat(140)).append("C: DATA\nS: 250\n");
        story.append("S: 250 2.1.5\n".repeat(100)).append("S: 452 4.5.3\n".repeat(40));
        story.append("S: 354\nC: Subject: many\nC: \nC: .\nS: 250 2.0.0 accepted as\n");
        Dialogue.of(story.toString()).play(harness.listen(Role.MX));
    }

    @Test
    void whatIsTooLargeIsReadToItsEndAndRefused() {
        String line = "x".repeat(998);
        String message = ("C: " + line + "\n").repeat(2200);
        Dialogue.of("S: 220\nC: EHLO c\nS*: 250 \nC: MAIL FROM:<bob@example.com>\nC: RCPT TO:<alice@example.org>\n"
                        + "C: DATA\nS: 250\nS: 250\nS: 354\nC: Subject: large\nC: \n" + message
                        + "C: .\nS: 552 5.3.4\nC: NOOP\nS: 250\n")
                .play(harness.listen(Role.MX));
        assertThat(harness.sent.sent()).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
