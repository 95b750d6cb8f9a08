package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSealer;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.verifier.arc.ArcFinding;

/** ARC chains for tests. */
public final class ArcChains {
    /** Of a message without any. */
    public static final ArcFinding NONE = ArcFinding.of(result("From: a@b.example\r\n\r\n"));

    private static final KeyPair KEY = Messages.key();

    private ArcChains() {}

    /** The record of every sealer's key, which is one. */
    static String keyRecord() {
        return DkimKeyRecord.text(KEY.getPublic());
    }

    /** The key that {@code domain} seals with, selector {@code arc}. */
    static DkimSigningKey key(String domain) {
        return new DkimSigningKey(domain, "arc", DkimAlgorithm.RSA_SHA256, KEY.getPrivate());
    }

    /** The message with one set more, which records {@code results} (authserv-id and what follows). */
    static String sealed(String message, ArcStatus chain, String results, String sealer) {
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        return new ArcSealer(Clock.systemUTC())
                        .seal(
                                header,
                                BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length),
                                chain,
                                RawField.of("Authentication-Results: " + results + "\r\n"),
                                key(sealer))
                        .orElseThrow()
                + message;
    }

    /** The result of a message whose keys nobody knows. */
    public static ArcResult result(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        return new ArcVerifier(
                        name -> CompletableFuture.completedFuture(DkimKeyAnswer.of(List.of())), Clock.systemUTC())
                .begin(RawHeader.parse(bytes, 0, bytes.length))
                .finish(Map.of())
                .toCompletableFuture()
                .join();
    }
}
