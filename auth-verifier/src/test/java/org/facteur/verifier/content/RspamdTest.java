package org.facteur.verifier.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.body.DirectoryBodyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RspamdTest extends ScannerContract {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no action | CLEAN",
                "greylist | GREYLIST",
                "add header | JUNK",
                "rewrite subject | JUNK",
                "quarantine | JUNK",
                "soft reject | DEFER",
                "reject | REJECT",
                "discard | REJECT",
                "Add Header | JUNK",
                "something new | SKIPPED",
            })
    void actionsAreFindings(String action, Finding finding) {
        ScanResult result = answered(json(action, ""));
        assertThat(result.finding()).isEqualTo(finding);
        assertThat(result.properties())
                .contains(
                        new ScanResult.Property("policy.score", "7.25"),
                        new ScanResult.Property("policy.threshold", "15.00"));
    }

    @Test
    void whatWeighsMostIsTold() {
        ScanResult result = answered(json(
                "add header",
                ", \"symbols\": {\"A\": {\"score\": 1.5}, \"B\": {\"score\": -4}, \"C\": {\"score\": 0}, \"D\": {},"
                        + " \"E\": 5, \"F\": {\"score\": \"9\"}}"));
        assertThat(result.note()).isEqualTo("B -4.00, A 1.50");
        assertThat(result.reply()).isEqualTo("score 7.25 of 15.00");
    }

    @Test
    void itsOwnWordsGoToTheSender() {
        assertThat(answered(json("reject", ", \"messages\": {\"smtp_message\": \"Gtube pattern\"}"))
                        .reply())
                .isEqualTo("Gtube pattern");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | '' | answer is no JSON object",
                "200 | garbage | answer is no JSON object",
                "200 | [1] | answer is no JSON object",
                "200 | {\"action\": \"rej | answer is no JSON object",
                "200 | {} | answer has no action",
                "200 | {\"action\": 7} | answer has no action",
                "403 | {\"error\": \"Unauthorized\"} | answer is HTTP 403",
                "500 | x | answer is HTTP 500",
            })
    void answersThatMakeNoSenseAreErrors(int status, String body, String reason) {
        assertThat(answered(status, body)).isEqualTo(ScanResult.error("rspamd", reason));
    }

    @Test
    void messagesTooLargeForItAreSkipped() {
        assertThat(answered(413, "").finding()).isEqualTo(Finding.SKIPPED);
    }

    @Test
    void deepAnswersAreErrors() {
        assertThat(answered(200, "{\"a\":".repeat(50_000)).finding()).isEqualTo(Finding.ERROR);
    }

    @Test
    void hugeAnswersAreCutOff() {
        assertThat(answered(200, "x".repeat(3 * 1024 * 1024)))
                .isEqualTo(ScanResult.error("rspamd", "answer is too long"));
    }

    @Test
    void halfAnswersAreErrors() {
        ScanResult result = scan((socket, said) -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"action\": \"reject\"");
            socket.close();
        });
        assertThat(result).isEqualTo(ScanResult.error("rspamd", "connection closed"));
    }

    @Test
    void otherProtocolsAreErrors() {
        assertThat(scan((socket, said) -> socket.write("220 mail.example.com ESMTP\r\n\r\n")
                                .compose(x -> socket.close()))
                        .finding())
                .isEqualTo(Finding.ERROR);
    }

    @Test
    void theEnvelopeIsTold() {
        try (FakeServer server = new FakeServer(vertx, this::message, answer(200, json("no action", "")))) {
            Samples.await(scanner(server.port()).scan(Samples.message(), Samples.LIMIT));
            String[] said = server.taken.get(0).toString(UTF_8).split("\r\n\r\n", 2);
            assertThat(said[0].split("\r\n"))
                    .contains(
                            "POST /checkv2 HTTP/1.1",
                            "IP: 192.0.2.1",
                            "Hostname: mail.example.org",
                            "Helo: helo??X-Evil: yes",
                            "From: j\u00f6rg@example.org",
                            "Rcpt: bob@example.com",
                            "Rcpt: carol@example.com",
                            "Queue-Id: m1",
                            "MTA-Name: mx.example.com",
                            "Password: secret");
            assertThat(said[1]).isEqualTo("Subject: hello\r\n\r\nHello.\r\n");
        }
    }

    @Test
    void storedMessagesAreStreamed() {
        DirectoryBodyStore bodies = new DirectoryBodyStore(vertx, directory);
        Buffer text = Buffer.buffer("Subject: x\r\n\r\n" + "a line of text\r\n".repeat(200_000));
        BodyRef ref = Samples.await(
                bodies.create().compose(writer -> writer.write(text).compose(written -> writer.finish())));
        try (FakeServer server = new FakeServer(vertx, this::message, answer(200, json("no action", "")))) {
            MessageOctets octets = MessageOctets.of(ref.size(), () -> bodies.read(ref, 0, ref.size()));
            ScanResult result = Samples.await(scanner(server.port()).scan(Samples.message(octets), Samples.LIMIT));
            assertThat(result.finding()).isEqualTo(Finding.CLEAN);
            assertThat(server.taken.get(0).toString(UTF_8)).endsWith("\r\n\r\n" + text);
        }
    }

    @Test
    void bodiesThatAreGoneAreErrors() {
        DirectoryBodyStore bodies = new DirectoryBodyStore(vertx, directory);
        BodyRef ref = new BodyRef("0".repeat(64), 100);
        try (FakeServer server = new FakeServer(vertx, this::message, (socket, said) -> {})) {
            MessageOctets octets = MessageOctets.of(ref.size(), () -> bodies.read(ref, 0, ref.size()));
            assertThat(Samples.await(scanner(server.port()).scan(Samples.message(octets), Samples.LIMIT))
                            .reason())
                    .startsWith("failed with NoSuchFile");
        }
    }

    private ScanResult answered(String json) {
        return answered(200, json);
    }

    private ScanResult answered(int status, String body) {
        return scan(answer(status, body));
    }

    @Override
    Scanner scanner(int port) {
        return new Rspamd(vertx, URI.create("http://127.0.0.1:" + port), Optional.of("secret"), "mx.example.com");
    }

    private static BiConsumer<NetSocket, Buffer> answer(int status, String body) {
        return (socket, said) -> socket.write("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static String json(String action, String more) {
        return "{\"is_skipped\": false, \"score\": 7.25, \"required_score\": 15, \"action\": \"" + action + "\"" + more
                + "}";
    }

    /** The whole of a request, once it is there. */
    @Override
    Optional<Buffer> message(Buffer said) {
        String text = said.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        return end > 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1))
                ? Optional.of(said)
                : Optional.empty();
    }
}
