package org.facteur.mail.dkim;

import java.util.Optional;

/** A signature algorithm that is both made and accepted (RFC 8301 section 3.1, RFC 8463); rsa-sha1 is history. */
public enum DkimAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_SHA256("rsa-sha256", "rsa"),
    /** PureEdDSA over the SHA-256 of the header. */
    ED25519_SHA256("ed25519-sha256", "ed25519");

    private final String text;
    private final String keyType;

    DkimAlgorithm(String text, String keyType) {
        this.text = text;
        this.keyType = keyType;
    }

    /** The value of the a= tag. */
    public String text() {
        return text;
    }

    /** The value of the k= tag of its key records. */
    public String keyType() {
        return keyType;
    }

    /** The algorithm of that a= tag. */
    public static Optional<DkimAlgorithm> named(String text) {
        for (DkimAlgorithm algorithm : values()) {
            if (algorithm.text.equals(text)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
