package org.facteur.mail.record;

import java.time.Instant;

/**
 * Value on {@link Topic#DKIM}: one signing key of a domain.
 *
 * @param algorithm {@code rsa} or {@code ed25519}, as in the k= tag of its DNS record
 * @param publicKey base64 for the p= tag
 * @param sealedPrivateKey PKCS#8, sealed with AES-256-GCM under FACTEUR_MASTER_KEY, base64
 */
public record DkimKeyEntry(
        String domain,
        String selector,
        String algorithm,
        String publicKey,
        String sealedPrivateKey,
        Instant createdAt) {
    /** The record's key on the topic. */
    public String key() {
        return domain + "/" + selector;
    }
}
