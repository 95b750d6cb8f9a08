package org.facteur.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.facteur.admin.cli.ApiClient;
import org.facteur.admin.cli.Output;
import org.facteur.admin.cli.VerifyCommand;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code facteur verify} and its API against the whole platform: every question and the reason of each result. */
class VerifyIT {
    private static World world;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        world = new World(Map.of());
        world.dns.zone().add("""
                        broken.test. 300 TXT "v=spf1 ip4:192.0.2.300 -all"
                        deaf.test. 300 TXT "v=spf1 include:late.test -all"
                        _dmarc.failing.test. 300 TXT "v=DMARC1; p=reject"
                        """).fail("failing.test").silence("late.test");
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void anAuthenticMessage() throws Exception {
        JsonNode told = verify("127.0.0.1", "carol@outside.test", signed(text("carol@outside.test")));
        assertThat(told.path("reply").asText()).startsWith("250 2.0.0 accepted");
        assertThat(told.path("folder").asText()).isEqualTo("INBOX");
        assertThat(results(told)).contains("iprev=pass", "spf=pass", "dkim=pass", "dmarc=pass");
        assertThat(told.path("results").asText()).startsWith("Authentication-Results: mail.demo.test;");
        assertThat(questions(told))
                .contains(
                        "PTR 1.0.0.127.in-addr.arpa FOUND",
                        "A mx.outside.test FOUND",
                        "TXT outside.test FOUND",
                        "TXT demo._domainkey.outside.test FOUND",
                        "TXT _dmarc.outside.test FOUND");
    }

    @Test
    void aForgedMessage() throws Exception {
        String printed = facteur(
                text("carol@outside.test"), "--ip", "198.51.100.7", "--helo", "mx.evil.test", "--from", "x@evil.test");
        assertThat(printed)
                .contains("EHLO mx.evil.test, MAIL FROM:<x@evil.test>")
                .contains("PTR 7.100.51.198.in-addr.arpa → NXDOMAIN")
                .contains("TXT _dmarc.outside.test → \"v=DMARC1; p=reject\" (ttl 300 s")
                .contains("SPF of evil.test: none, is not aligned")
                .contains("FACTEUR_POLICY_IPREV=reject: refuse: 550 5.7.25")
                .contains("FACTEUR_POLICY_DMARC=enforce: refuse: 550 5.7.26")
                .contains("the client gets  550 5.7.25")
                .contains("the message goes nowhere")
                .contains("dmarc=fail");
    }

    @Test
    void anErrorInARecord() throws Exception {
        String printed = facteur("Received: from mx.broken.test (x [192.0.2.9])\n\tby here\n"
                + "Return-Path: <a@broken.test>\n" + text("a@broken.test"));
        assertThat(printed)
                .contains("--ip is 192.0.2.9, by the topmost Received field")
                .contains("--from is a@broken.test, by the topmost Return-Path field")
                .contains("spf  permerror  broken.test")
                .contains("TXT broken.test → \"v=spf1 ip4:192.0.2.300 -all\"")
                .contains("ip4:192.0.2.300");
    }

    @Test
    void dnsTrouble() throws Exception {
        JsonNode told = verify("127.0.0.1", "a@failing.test", text("a@failing.test"));
        assertThat(results(told)).contains("spf=temperror", "dmarc=temperror");
        assertThat(told.path("reply").asText()).startsWith("451 4.4.3 ");
        assertThat(questions(told)).contains("TXT failing.test TEMPORARY_FAILURE SERVFAIL");
    }

    @Test
    void dnsSilence() throws Exception {
        JsonNode told = verify("127.0.0.1", "a@deaf.test", text("a@deaf.test"));
        assertThat(results(told)).contains("spf=temperror");
        assertThat(questions(told)).contains("TXT deaf.test FOUND", "TXT late.test TEMPORARY_FAILURE timeout");
    }

    @Test
    void aLargeMessageAndNothingIsDelivered() throws Exception {
        String message = signed(text("carol@outside.test") + "a line of text\r\n".repeat(60_000));
        JsonNode told = verify("127.0.0.1", "carol@outside.test", message);
        assertThat(results(told)).contains("dkim=pass");
        assertThat(told.path("octets").asInt()).isEqualTo(message.length());
        assertThat(world.api.get("/api/messages?address=" + ApiClient.encode("carol@outside.test")))
                .isEmpty();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        assertThatThrownBy(() -> verify("here", "", "x")).hasMessageContaining("ip=here is no address");
    }

    private static JsonNode verify(String ip, String from, String message) {
        return world.api.post(
                "/api/verify?ip=" + ip + "&helo=mx.outside.test&from=" + ApiClient.encode(from),
                "message/rfc822",
                message.getBytes(UTF_8));
    }

    /** What the command prints for a file with that message. */
    private String facteur(String message, String... options) throws Exception {
        Path file = Files.writeString(directory.resolve("message.eml"), message);
        StringWriter printed = new StringWriter();
        CommandLine.IFactory standard = CommandLine.defaultFactory();
        CommandLine command = new CommandLine(VerifyCommand.class, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == Output.class ? type.cast(new Output(() -> world.api)) : standard.create(type);
            }
        });
        command.setOut(new PrintWriter(printed, true));
        String[] arguments =
                Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new);
        assertThat(command.execute(arguments)).isZero();
        return printed.toString();
    }

    private static List<String> results(JsonNode told) {
        return StreamSupport.stream(told.path("methods").spliterator(), false)
                .map(method -> method.path("name").asText() + "="
                        + method.path("result").asText())
                .toList();
    }

    private static List<String> questions(JsonNode told) {
        return told.path("methods").findValues("questions").stream()
                .flatMap(questions -> StreamSupport.stream(questions.spliterator(), false))
                .map(question -> (question.path("type").asText() + " "
                                + question.path("name").asText() + " "
                                + question.path("answer").asText() + " "
                                + question.path("reason").asText())
                        .strip())
                .toList();
    }

    private static String text(String from) {
        return SmtpTalk.message("verify").replace("carol@outside.test", from) + "\r\n";
    }

    private static String signed(String message) throws Exception {
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(world.dns.privateKey())));
        byte[] bytes = message.getBytes(UTF_8);
        return new DkimSigner(Clock.systemUTC())
                        .sign(
                                bytes,
                                0,
                                bytes.length,
                                List.of(new DkimSigningKey(
                                        DemoWorld.OUTSIDE, DemoWorld.SELECTOR, DkimAlgorithm.RSA_SHA256, key)))
                + message;
    }
}
