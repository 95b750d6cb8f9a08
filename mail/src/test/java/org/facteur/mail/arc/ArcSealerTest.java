package org.facteur.mail.arc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArcSealerTest {
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair ED25519 = pair("Ed25519", 255);
    private static final String RESULTS =
            "Authentication-Results: mx.example.org;\r\n\tspf=pass;\r\n\tdmarc=pass header.from=author.example\r\n";
    private static final String MESSAGE = """
            DKIM-Signature: v=1; d=author.example; b=x\r
            From: Alice <alice@author.example>\r
            Subject: =?utf-8?q?caf=C3=A9?=\r
            \r
            Hello  Bob,\r
            \r
            see you.\r
            \r
            """;

    private final ArcSealer sealer = new ArcSealer(Clock.systemUTC());

    @ParameterizedTest
    @EnumSource(DkimAlgorithm.class)
    void whatIsSealedValidates(DkimAlgorithm algorithm) {
        String sealed = seal(MESSAGE, ArcStatus.NONE, algorithm).orElseThrow();
        assertThat(validate(sealed).status()).isEqualTo(ArcStatus.PASS);
        assertThat(sealed).containsSubsequence("ARC-Seal: i=1;", "cv=none", "ARC-Message-Signature: i=1;");
        assertThat(sealed).contains("ARC-Authentication-Results: i=1; mx.example.org;\r\n\tspf=pass;");
        assertThat(sealed.lines()).allMatch(line -> line.length() <= 78);
        assertThat(validate(sealed.replace("see you", "see me")).reason()).endsWith("i=1: body hash mismatch");
        assertThat(validate(sealed.replace("d=author.example; b=x", "d=author.example; b=y"))
                        .status())
                .as("DKIM-Signatures are signed too")
                .isEqualTo(ArcStatus.FAIL);
        assertThat(validate("From: eve@evil.example\r\n" + sealed).status()).isEqualTo(ArcStatus.FAIL);
    }

    @Test
    void chainsGrowToFifty() {
        String message = MESSAGE;
        for (int i = 1; i <= ArcChain.MOST_SETS; i++) {
            message = seal(message, i == 1 ? ArcStatus.NONE : ArcStatus.PASS, DkimAlgorithm.RSA_SHA256)
                    .orElseThrow();
        }
        ArcResult result = validate(message);
        assertThat(result.status()).isEqualTo(ArcStatus.PASS);
        assertThat(result.oldestPass()).isZero();
        assertThat(result.chain().sets()).hasSize(50);
        assertThat(seal(message, ArcStatus.PASS, DkimAlgorithm.RSA_SHA256)).isEmpty();
        String more = message.substring(0, message.indexOf("ARC-Message"));
        assertThat(validate(more + message).reason()).isEqualTo("more than 50 fields ARC-Seal");
    }

    @Test
    void aBrokenChainIsSealedOnceAsBroken() {
        String sealed = seal(MESSAGE, ArcStatus.NONE, DkimAlgorithm.RSA_SHA256)
                .orElseThrow()
                .replace("see you", "see me");
        String again = seal(sealed, ArcStatus.FAIL, DkimAlgorithm.RSA_SHA256).orElseThrow();
        assertThat(again).startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=fail;");
        assertThat(validate(again).reason()).isEqualTo("the seal i=2 says cv=fail");
        assertThat(seal(again, ArcStatus.FAIL, DkimAlgorithm.RSA_SHA256)).isEmpty();
    }

    @Test
    void aStructureThatBrokeOnTheWayIsNeverSealedAsGood() {
        String sealed = seal(MESSAGE, ArcStatus.NONE, DkimAlgorithm.RSA_SHA256).orElseThrow();
        String torn = sealed.substring(sealed.indexOf("ARC-Message-Signature"));
        assertThat(seal(torn, ArcStatus.PASS, DkimAlgorithm.RSA_SHA256).orElseThrow())
                .startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=fail;");
    }

    private Optional<String> seal(String message, ArcStatus validated, DkimAlgorithm algorithm) {
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        boolean rsa = algorithm == DkimAlgorithm.RSA_SHA256;
        DkimSigningKey key =
                new DkimSigningKey("mx.example.org", rsa ? "r" : "e", algorithm, (rsa ? RSA : ED25519).getPrivate());
        return sealer.seal(
                        header,
                        BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length),
                        validated,
                        RawField.of(RESULTS),
                        key)
                .map(fields -> fields + message);
    }

    private static ArcResult validate(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        DkimKeys keys = name -> CompletableFuture.completedFuture(DkimKeyAnswer.of(
                List.of(DkimKeyRecord.text(name.startsWith("r.") ? RSA.getPublic() : ED25519.getPublic()))));
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        ArcCheck check = new ArcVerifier(keys, Clock.systemUTC()).begin(header);
        BodyHasher hasher = new BodyHasher(check.forms());
        hasher.update(bytes, header.bodyStart(), bytes.length);
        return check.finish(hasher.finish()).toCompletableFuture().join();
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
