package org.facteur.mail.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.facteur.mail.arc.ArcCheck;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSealer;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.DkimVerifier;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others sign verifies here, and what is signed here verifies there: dkimpy (Debian: python3-dkim, python3-nacl,
 * python3-authres), Mail::DKIM (libmail-dkim-perl) and OpenDKIM (opendkim, miltertest). Tests of a tool that is not
 * installed are skipped.
 */
class InteropIT {
    private static final String DOMAIN = "example.org";
    private static final String RESULTS = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org";
    private static final String MESSAGE = """
            Authentication-Results: mx.example.org; dmarc=pass header.from=example.org; arc=none\r
            From: Alice <alice@example.org>\r
            To: Bob <bob@example.net>,\r
            \tCarol <carol@example.net>\r
            Subject:  =?utf-8?q?caf=C3=A9?=  for  two \r
            Date: Mon, 6 May 2024 07:08:09 +0000\r
            Message-ID: <1@example.org>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Hello  Bob, \t \r
            \r
            see you.  \r
            \r
            \r
            """;

    @TempDir
    static Path directory;

    private static Path zone;
    private static KeyPair rsa;
    private static KeyPair ed25519;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
        ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        zone = Files.write(
                directory.resolve("zone"),
                List.of(
                        "r._domainkey.example.org " + DkimKeyRecord.text(rsa.getPublic()),
                        "e._domainkey.example.org " + DkimKeyRecord.text(ed25519.getPublic())));
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(rsa.getPrivate().getEncoded());
        Files.writeString(
                directory.resolve("rsa.pem"), "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
        byte[] seed = ((EdECPrivateKey) ed25519.getPrivate()).getBytes().orElseThrow();
        Files.writeString(directory.resolve("ed25519.key"), Base64.getEncoder().encodeToString(seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-rsa", "sign-ed25519"})
    void whatDkimpySignsVerifies(String action) throws Exception {
        boolean isRsa = action.equals("sign-rsa");
        String signed = dkimpy(
                MESSAGE, action, DOMAIN, isRsa ? "r" : "e", directory.resolve(isRsa ? "rsa.pem" : "ed25519.key"));
        assertThat(verify(signed)).containsExactly("pass");
        assertThat(verify(signed.replace("see you", "see me"))).containsExactly("fail");
    }

    @Test
    void whatIsSignedVerifiesWithDkimpy() throws Exception {
        String signed = signed(DkimAlgorithm.RSA_SHA256, DkimAlgorithm.ED25519_SHA256);
        assertThat(dkimpy(signed, "verify")).isEqualTo("pass\npass\n");
        assertThat(dkimpy(signed.replace("see you", "see me"), "verify")).doesNotContain("pass");
    }

    @Test
    void whatDkimpySealsValidates() throws Exception {
        String once = dkimpy(MESSAGE, "seal", DOMAIN, "r", directory.resolve("rsa.pem"));
        assertThat(validate(once)).isEqualTo("pass");
        String twice = dkimpy(passed(once), "seal", DOMAIN, "r", directory.resolve("rsa.pem"));
        assertThat(twice).contains("i=2");
        assertThat(validate(twice)).isEqualTo("pass");
        assertThat(validate(twice.replace("see you", "see me"))).isEqualTo("fail");
    }

    @Test
    void whatIsSealedValidatesWithDkimpy() throws Exception {
        assertThat(dkimpy(sealedTwice(), "validate")).isEqualTo("pass\n");
        assertThat(dkimpy(sealedTwice().replace("see you", "see me"), "validate"))
                .isEqualTo("fail\n");
    }

    @Test
    void whatMailDkimSignsVerifies() throws Exception {
        String signed = mailDkim(MESSAGE, "sign", DOMAIN, "r", directory.resolve("rsa.pem"));
        assertThat(verify(signed)).containsExactly("pass");
        assertThat(verify(signed.replace("see you", "see me"))).containsExactly("fail");
    }

    @Test
    void whatIsSignedVerifiesWithMailDkim() throws Exception {
        String signed = signed(DkimAlgorithm.RSA_SHA256);
        assertThat(mailDkim(signed, "verify")).isEqualTo("pass\n");
        assertThat(mailDkim(signed.replace("see you", "see me"), "verify")).isEqualTo("fail\n");
    }

    @Test
    void whatMailDkimSealsValidates() throws Exception {
        String once = mailDkim(MESSAGE, "seal", DOMAIN, "r", directory.resolve("rsa.pem"));
        assertThat(validate(once)).isEqualTo("pass");
        String twice = mailDkim(passed(once), "seal", DOMAIN, "r", directory.resolve("rsa.pem"));
        assertThat(twice).contains("i=2");
        assertThat(validate(twice)).isEqualTo("pass");
        assertThat(validate(twice.replace("see you", "see me"))).isEqualTo("fail");
    }

    @Test
    void whatIsSealedValidatesWithMailDkim() throws Exception {
        assertThat(mailDkim(sealedTwice(), "validate")).isEqualTo("pass\n");
        assertThat(mailDkim(sealedTwice().replace("see you", "see me"), "validate"))
                .isEqualTo("fail\n");
    }

    @Test
    void whatOpenDkimSignsVerifies() throws Exception {
        assumeTrue(Tool.runs("opendkim", "-V") && Tool.runs("miltertest"), "opendkim or miltertest is not installed");
        String signed =
                openDkimSigns(List.of("From: Alice <alice@example.org>", "Subject:  two  spaces"), "Hello  Bob");
        assertThat(signed).contains("a=rsa-sha256");
        assertThat(verify(signed)).containsExactly("pass");
        assertThat(verify(signed.replace("Hello", "Hallo"))).containsExactly("fail");
    }

    @Test
    void whatIsSignedVerifiesWithOpenDkim() throws Exception {
        assumeTrue(Tool.runs("opendkim", "-V"), "opendkim is not installed");
        String signed = signed(DkimAlgorithm.RSA_SHA256);
        assertThat(openDkim(signed)).contains("verification (s=r, d=example.org, 2048-bit key) succeeded");
        assertThat(openDkim(signed.replace("see you", "see me"))).doesNotContain("succeeded");
    }

    /** Signs by the milter: opendkim-testmsg knows rsa-sha1 only. */
    private static String openDkimSigns(List<String> fields, String body) throws IOException, InterruptedException {
        Path socket = directory.resolve("socket");
        Path config = Files.writeString(
                directory.resolve("sign.conf"),
                "Mode s\nDomain example.org\nSelector r\nKeyFile " + directory.resolve("rsa.pem")
                        + "\nCanonicalization relaxed/simple\nSignatureAlgorithm rsa-sha256\nRequireSafeKeys no\n"
                        + "Background no\nSocket local:" + socket + "\n");
        Process milter = new ProcessBuilder("opendkim", "-f", "-x", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String value = Tool.output(
                    "",
                    List.of(
                            "miltertest",
                            "-D",
                            "SOCKET=" + socket,
                            "-D",
                            "FIELDS=" + Files.write(directory.resolve("fields"), fields),
                            "-D",
                            "BODY=" + Files.writeString(directory.resolve("body"), body + "\n"),
                            "-s",
                            "src/test/resources/interop/opendkim.lua"));
            return "DKIM-Signature:" + value.stripTrailing().replace("\r", "").replace("\n", "\r\n") + "\r\n"
                    + String.join("\r\n", fields) + "\r\n\r\n" + body + "\r\n";
        } finally {
            milter.destroy();
        }
    }

    private static String openDkim(String message) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("message"), message);
        Path config = Files.writeString(directory.resolve("opendkim.conf"), "Mode v\nTestPublicKeys " + zone + "\n");
        return Tool.everything(List.of("opendkim", "-v", "-x", config.toString(), "-t", file.toString()));
    }

    private static String dkimpy(String message, String action, Object... arguments)
            throws IOException, InterruptedException {
        assumeTrue(
                Tool.runs("/usr/bin/python3", "-c", "import dkim, authres, nacl"),
                "dkimpy is not installed for /usr/bin/python3");
        return Tool.output(message, command("/usr/bin/python3", "dkimpy.py", action, arguments));
    }

    private static String mailDkim(String message, String action, Object... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Tool.runs("perl", "-MMail::DKIM::ARC::Signer", "-e", "1"), "Mail::DKIM is not installed");
        return Tool.output(message, command("perl", "mail-dkim.pl", action, arguments));
    }

    private static List<String> command(String interpreter, String script, String action, Object... arguments) {
        List<String> command =
                new ArrayList<>(List.of(interpreter, "src/test/resources/interop/" + script, action, zone.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private static String signed(DkimAlgorithm... algorithms) {
        byte[] bytes = MESSAGE.getBytes(UTF_8);
        List<DkimSigningKey> keys = new ArrayList<>();
        for (DkimAlgorithm algorithm : algorithms) {
            keys.add(key(algorithm));
        }
        return new DkimSigner(Clock.systemUTC()).sign(bytes, 0, bytes.length, keys) + MESSAGE;
    }

    private static DkimSigningKey key(DkimAlgorithm algorithm) {
        boolean isRsa = algorithm == DkimAlgorithm.RSA_SHA256;
        return new DkimSigningKey(DOMAIN, isRsa ? "r" : "e", algorithm, (isRsa ? rsa : ed25519).getPrivate());
    }

    private static String sealedTwice() {
        return sealed(sealed(signed(DkimAlgorithm.RSA_SHA256), ArcStatus.NONE), ArcStatus.PASS);
    }

    private static String sealed(String message, ArcStatus chain) {
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        return new ArcSealer(Clock.systemUTC())
                        .seal(
                                header,
                                BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length),
                                chain,
                                RawField.of(RESULTS + "\r\n"),
                                key(DkimAlgorithm.RSA_SHA256))
                        .orElseThrow()
                + message;
    }

    /** The message as it comes to the next handler, which finds that its chain passes. */
    private static String passed(String sealed) {
        return RESULTS + "; arc=pass\r\n" + sealed.replaceFirst("(?m)^Authentication-Results: .*arc=none\r\n", "");
    }

    private static List<String> verify(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        return new DkimVerifier(keys(), Clock.systemUTC(), 10)
                .verify(bytes, 0, bytes.length).toCompletableFuture().join().stream()
                        .map(DkimResult::status)
                        .map(DkimResult.Status::text)
                        .toList();
    }

    private static String validate(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        ArcCheck check = new ArcVerifier(keys(), Clock.systemUTC()).begin(header);
        BodyHasher hasher = new BodyHasher(check.forms());
        hasher.update(bytes, header.bodyStart(), bytes.length);
        ArcResult result = check.finish(hasher.finish()).toCompletableFuture().join();
        return result.status().text();
    }

    private static DkimKeys keys() {
        Map<String, String> records = new TreeMap<>();
        try {
            Files.readAllLines(zone, US_ASCII)
                    .forEach(line -> records.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name -> CompletableFuture.completedFuture(
                DkimKeyAnswer.of(records.containsKey(name) ? List.of(records.get(name)) : List.of()));
    }
}
