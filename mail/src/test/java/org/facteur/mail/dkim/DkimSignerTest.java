package org.facteur.mail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DkimSignerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC);
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair ED25519 = pair("Ed25519", 255);
    private static final String MESSAGE = """
            From: Alice <alice@example.org>\r
            To: Bob <bob@example.net>, Carol <carol@example.net>\r
            Subject: =?utf-8?q?caf=C3=A9?=\r
            Received: from a\r
            Date: Mon, 6 May 2024 07:08:09 +0000\r
            Message-ID: <1@example.org>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Hello  Bob,\r
            \r
            see you.\r
            """;

    private final Map<String, String> zone = new HashMap<>(Map.of(
            "r._domainkey.example.org", DkimKeyRecord.text(RSA.getPublic()),
            "e._domainkey.example.org", DkimKeyRecord.text(ED25519.getPublic())));

    @Test
    void bothSignaturesHold() {
        assertThat(verify(sign() + MESSAGE))
                .extracting(DkimResult::status)
                .containsExactly(DkimResult.Status.PASS, DkimResult.Status.PASS);
    }

    @Test
    void linesAreFoldedAndFieldsComplete() {
        String fields = sign();
        assertThat(fields.lines()).allMatch(line -> line.length() <= 77);
        assertThat(fields).endsWith("\r\n").doesNotContain("\r\n\r\n").startsWith("DKIM-Signature: v=1; a=rsa-sha256;");
        assertThat(RawHeader.parse(fields.getBytes(UTF_8), 0, fields.length()).fields(DkimSignature.FIELD))
                .hasSize(2);
    }

    @Test
    void fromIsOversigned() throws TagSyntaxException {
        RawField field = RawHeader.parse(sign().getBytes(UTF_8), 0, sign().length())
                .fields()
                .get(0);
        DkimSignature signature = DkimSignature.parse(field);
        assertThat(signature.names()).filteredOn("from"::equals).hasSize(2);
        assertThat(signature.names()).doesNotContain("received", "cc");
        assertThat(verify(sign() + "From: eve@example.com\r\n" + MESSAGE))
                .allMatch(result -> result.status() == DkimResult.Status.FAIL);
    }

    @Test
    void whitespaceAndFoldingMayChange() {
        String changed = (sign() + MESSAGE)
                .replace("To: Bob <bob@example.net>, ", "TO:  Bob   <bob@example.net>,\r\n\t")
                .replace("Hello  Bob,", "Hello \t Bob, ")
                .concat("\r\n\r\n");
        assertThat(verify(changed)).allMatch(DkimResult::passes);
    }

    @Test
    void preparedBodyHashGivesTheSame() {
        byte[] bytes = MESSAGE.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        BodyHash body = BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length);
        assertThat(new DkimSigner(CLOCK).sign(header, body, keys())).isEqualTo(sign());
    }

    /** The JDK's Ed25519 has to agree with what we make (RFC 8463 section 3). */
    @Test
    void ed25519SignsTheHashOfTheHeader() throws GeneralSecurityException {
        Bytes input = new Bytes(8);
        input.add("header".getBytes(UTF_8), 0, 6);
        byte[] value = Signatures.sign(DkimAlgorithm.ED25519_SHA256, ED25519.getPrivate(), input);
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initVerify(ED25519.getPublic());
        jdk.update(BodyHasher.sha256().digest("header".getBytes(UTF_8)));
        assertThat(jdk.verify(value)).isTrue();
        assertThat(Signatures.verify(DkimAlgorithm.ED25519_SHA256, ED25519.getPublic(), input, value))
                .isTrue();
        assertThat(Signatures.verify(DkimAlgorithm.ED25519_SHA256, ED25519.getPublic(), input, new byte[3]))
                .isFalse();
    }

    @Test
    void keysOfAnotherKindDoNotSign() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Signatures.sign(DkimAlgorithm.ED25519_SHA256, RSA.getPrivate(), new Bytes(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> Signatures.sign(DkimAlgorithm.RSA_SHA256, ED25519.getPrivate(), new Bytes(1)));
    }

    @Test
    void weakKeysAreRefused() {
        KeyPair weak = pair("RSA", 512 + 256);
        zone.put("w._domainkey.example.org", DkimKeyRecord.text(weak.getPublic()));
        DkimSigningKey key = new DkimSigningKey("example.org", "w", DkimAlgorithm.RSA_SHA256, weak.getPrivate());
        byte[] bytes = MESSAGE.getBytes(UTF_8);
        String field = new DkimSigner(CLOCK).sign(bytes, 0, bytes.length, List.of(key));
        assertThat(verify(field + MESSAGE)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(DkimResult.Status.POLICY);
            assertThat(result.bits()).isEqualTo(768);
        });
    }

    @Test
    void signaturesAreBounded() {
        List<DkimResult> results = verify(sign().repeat(100) + MESSAGE);
        assertThat(results).hasSize(11);
        assertThat(results.get(10).status()).isEqualTo(DkimResult.Status.POLICY);
    }

    @Test
    void headerMayBePutTogether() {
        String received = "Received: from x\r\nDate: Mon, 6 May 2024 07:08:00 +0000\r\n";
        byte[] bytes = MESSAGE.replaceFirst("Date: .*\r\n", "").getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        BodyHash body = BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length);
        String fields = new DkimSigner(CLOCK).sign(header.withPrepended(received.getBytes(UTF_8)), body, keys());
        assertThat(verify(fields + received + new String(bytes, UTF_8))).allMatch(DkimResult::passes);
    }

    @Test
    void pkcs1KeyRecordsAreRead() throws TagSyntaxException {
        byte[] encoded = RSA.getPublic().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(encoded, 24, encoded.length);
        DkimKeyRecord record = DkimKeyRecord.parse("p=" + Base64.getEncoder().encodeToString(pkcs1));
        assertThat(record.key()).contains(RSA.getPublic());
        assertThat(record.bits()).isEqualTo(2048);
    }

    private static String sign() {
        byte[] bytes = MESSAGE.getBytes(UTF_8);
        return new DkimSigner(CLOCK).sign(bytes, 0, bytes.length, keys());
    }

    private static List<DkimSigningKey> keys() {
        return List.of(
                new DkimSigningKey("example.org", "r", DkimAlgorithm.RSA_SHA256, RSA.getPrivate()),
                new DkimSigningKey("example.org", "e", DkimAlgorithm.ED25519_SHA256, ED25519.getPrivate()));
    }

    private List<DkimResult> verify(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        DkimKeys keys = name -> CompletableFuture.completedFuture(
                zone.containsKey(name)
                        ? DkimKeyAnswer.of(List.of(zone.get(name)))
                        : new DkimKeyAnswer.Unusable("no key"));
        return new DkimVerifier(keys, CLOCK, DkimVerifier.DEFAULT_SIGNATURES)
                .verify(bytes, 0, bytes.length)
                .toCompletableFuture()
                .join();
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
