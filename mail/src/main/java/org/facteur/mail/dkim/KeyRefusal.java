package org.facteur.mail.dkim;

import java.util.Optional;

/**
 * Why a key record forbids a signature (RFC 6376 section 6.1.2, RFC 8301 section 3.2); DKIM and ARC (RFC 8617 section 4.1.2)
 * judge alike.
 *
 * @param reason a few words in ASCII
 * @param size whether only the size of the key speaks against it
 */
public record KeyRefusal(String reason, boolean size) {
    private static final int LEAST_RSA_BITS = 1024;
    /** Twice of what has to be accepted (RFC 8301 section 3.2). */
    private static final int MOST_RSA_BITS = 8192;

    /** Judges a key for signatures by that algorithm; empty where it may be used. */
    public static Optional<KeyRefusal> of(DkimAlgorithm algorithm, DkimKeyRecord key) {
        if (!key.services().isEmpty() && key.services().stream().noneMatch(s -> s.equals("*") || s.equals("email"))) {
            return unfit("key is not for mail");
        }
        if (!key.hashes().isEmpty() && !key.hashes().contains("sha256")) {
            return unfit("key does not allow sha256");
        }
        if (key.key().isEmpty()) {
            return unfit("key revoked");
        }
        if (!algorithm.keyType().equals(key.keyType())) {
            return unfit("key is of another type than the signature");
        }
        if (algorithm != DkimAlgorithm.RSA_SHA256 || key.bits() >= LEAST_RSA_BITS && key.bits() <= MOST_RSA_BITS) {
            return Optional.empty();
        }
        String fault = key.bits() < LEAST_RSA_BITS ? "too weak" : "too large";
        return Optional.of(new KeyRefusal("key of " + key.bits() + " bits is " + fault, true));
    }

    private static Optional<KeyRefusal> unfit(String reason) {
        return Optional.of(new KeyRefusal(reason, false));
    }
}
