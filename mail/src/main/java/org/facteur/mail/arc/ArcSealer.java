package org.facteur.mail.arc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.Canonicalization;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.Folding;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.dkim.SignedFields;

/**
 * Adds ARC sets to messages (RFC 8617 section 5.1): relaxed/relaxed, whole body, the fields that DKIM signs and all
 * DKIM-Signatures, From once more than it is there. Safe for several threads.
 */
public final class ArcSealer {
    private final Clock clock;

    /** A sealer that takes t= from {@code clock}. */
    public ArcSealer(Clock clock) {
        this.clock = clock;
    }

    /**
     * The three fields with CRLF, ARC-Seal first, to prepend; empty where the chain has {@value ArcChain#MOST_SETS} sets or its
     * last seal says cv=fail. A broken chain is sealed with cv=fail, and such a seal covers its own set alone (section 5.1.2).
     * Fails with IllegalStateException where the key does not fit its algorithm.
     *
     * @param header of the message as it leaves, prepended fields included
     * @param body its hash in {@link BodyHasher.Form#RELAXED}
     * @param validated what the chain was worth when the message came in
     * @param results our Authentication-Results field on it
     */
    public Optional<String> seal(
            RawHeader header, BodyHash body, ArcStatus validated, RawField results, DkimSigningKey key) {
        ArcChain chain = ArcChain.of(header);
        if (chain.ended() || chain.highest() >= ArcChain.MOST_SETS) {
            return Optional.empty();
        }
        ArcStatus status = chain.highest() == 0 && chain.fault().isEmpty()
                ? ArcStatus.NONE
                : chain.fault().isEmpty() && validated == ArcStatus.PASS ? ArcStatus.PASS : ArcStatus.FAIL;
        int instance = chain.highest() + 1;
        String recorded = "ARC-Authentication-Results: i=" + instance + "; " + payload(results) + "\r\n";
        String message = message(header, body, instance, key);
        StringBuilder seal = new StringBuilder(500);
        seal.append("ARC-Seal: i=")
                .append(instance)
                .append("; a=")
                .append(key.algorithm().text());
        seal.append("; cv=").append(status.text()).append(";\r\n\t");
        signer(seal, key);
        SignedFields input = SignedFields.inOrder(
                ArcCheck.covered(
                        status == ArcStatus.PASS ? chain.sets() : List.of(),
                        RawField.of(recorded),
                        RawField.of(message)),
                RawField.of(seal + "b=\r\n"));
        return Optional.of(signed(seal, input, key) + message + recorded);
    }

    private String message(RawHeader header, BodyHash body, int instance, DkimSigningKey key) {
        List<String> names = names(header);
        StringBuilder out = new StringBuilder(900);
        out.append("ARC-Message-Signature: i=").append(instance);
        out.append("; a=").append(key.algorithm().text()).append("; c=relaxed/relaxed;\r\n\t");
        signer(out, key);
        out.append("h=");
        Folding.join(out, names, ':');
        out.append(";\r\n\tbh=")
                .append(Base64.getEncoder().encodeToString(body.sha256()))
                .append(";\r\n\t");
        SignedFields input = SignedFields.named(
                Canonicalization.RELAXED,
                header,
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
                RawField.of(out + "b=\r\n"));
        return signed(out, input, key);
    }

    private void signer(StringBuilder out, DkimSigningKey key) {
        out.append("d=").append(key.domain()).append("; s=").append(key.selector());
        out.append("; t=").append(clock.instant().getEpochSecond()).append(";\r\n\t");
    }

    private static String signed(StringBuilder out, SignedFields input, DkimSigningKey key) {
        out.append("b=");
        Folding.text(out, Base64.getEncoder().encodeToString(input.sign(key)));
        return out.append("\r\n").toString();
    }

    private static List<String> names(RawHeader header) {
        List<String> names = new ArrayList<>();
        for (String name : DkimSigner.FIELDS) {
            int more = name.equals("From") ? 1 : 0;
            add(names, name, header.fields(name.toLowerCase(Locale.ROOT)).size() + more);
        }
        add(names, "DKIM-Signature", header.fields("dkim-signature").size());
        return names;
    }

    private static void add(List<String> names, String name, int count) {
        for (int i = 0; i < count; i++) {
            names.add(name);
        }
    }

    /** The value as it is folded, without the line end. */
    private static String payload(RawField results) {
        int from = results.colon() + 1;
        return new String(results.bytes(), from, results.end() - from, StandardCharsets.UTF_8).strip();
    }
}
