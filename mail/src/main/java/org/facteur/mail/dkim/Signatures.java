package org.facteur.mail.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** The JDK's signature algorithms behind the a= tag. */
final class Signatures {
    private Signatures() {}

    static byte[] sign(DkimAlgorithm algorithm, PrivateKey key, Bytes input) {
        try {
            Signature signature = Signature.getInstance(name(algorithm));
            signature.initSign(key);
            update(signature, algorithm, input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with this " + algorithm.keyType() + " key", e);
        }
    }

    /** Whether the signature holds; a signature of a wrong form does not. */
    static boolean verify(DkimAlgorithm algorithm, PublicKey key, Bytes input, byte[] value) {
        try {
            Signature signature = Signature.getInstance(name(algorithm));
            signature.initVerify(key);
            update(signature, algorithm, input);
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Ed25519 signs the hash, not the header (RFC 8463 section 3). */
    private static void update(Signature signature, DkimAlgorithm algorithm, Bytes input)
            throws GeneralSecurityException {
        if (algorithm == DkimAlgorithm.RSA_SHA256) {
            signature.update(input.array(), 0, input.length());
        } else {
            MessageDigest digest = BodyHasher.sha256();
            digest.update(input.array(), 0, input.length());
            signature.update(digest.digest());
        }
    }

    private static String name(DkimAlgorithm algorithm) {
        return algorithm == DkimAlgorithm.RSA_SHA256 ? "SHA256withRSA" : "Ed25519";
    }
}
