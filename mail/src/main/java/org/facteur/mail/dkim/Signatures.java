package org.facteur.mail.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The signature algorithms behind the a= tag. RSA is the JDK's. Ed25519 is Bouncy Castle's: measured on JDK 17, it verifies in
 * 76 instead of 605 microseconds and signs in 34 instead of 627.
 */
final class Signatures {
    private static final String RSA = "SHA256withRSA";

    private Signatures() {}

    /** Signs; fails with IllegalStateException where the key is of another kind. */
    static byte[] sign(DkimAlgorithm algorithm, PrivateKey key, Bytes input) {
        try {
            return algorithm == DkimAlgorithm.RSA_SHA256 ? signRsa(key, input) : signEd25519(key, sha256(input));
        } catch (GeneralSecurityException | CryptoException e) {
            throw new IllegalStateException("cannot sign with this " + algorithm.keyType() + " key", e);
        }
    }

    /** Whether the signature holds; a signature of a wrong form does not. */
    static boolean verify(DkimAlgorithm algorithm, PublicKey key, Bytes input, byte[] value) {
        try {
            return algorithm == DkimAlgorithm.RSA_SHA256
                    ? verifyRsa(key, input, value)
                    : verifyEd25519(key, sha256(input), value);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] signRsa(PrivateKey key, Bytes input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(RSA);
        signature.initSign(key);
        signature.update(input.array(), 0, input.length());
        return signature.sign();
    }

    private static boolean verifyRsa(PublicKey key, Bytes input, byte[] value) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(RSA);
        signature.initVerify(key);
        signature.update(input.array(), 0, input.length());
        return signature.verify(value);
    }

    private static byte[] signEd25519(PrivateKey key, byte[] hash) throws GeneralSecurityException, CryptoException {
        if (!(key instanceof EdECPrivateKey secret)) {
            throw new InvalidKeyException("not an Ed25519 key");
        }
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(secret.getBytes().orElseThrow()));
        signer.update(hash, 0, hash.length);
        return signer.generateSignature();
    }

    private static boolean verifyEd25519(PublicKey key, byte[] hash, byte[] value) {
        byte[] encoded = key.getEncoded();
        byte[] point =
                Arrays.copyOfRange(encoded, encoded.length - Ed25519PublicKeyParameters.KEY_SIZE, encoded.length);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(point));
        verifier.update(hash, 0, hash.length);
        return verifier.verifySignature(value);
    }

    /** Ed25519 signs the hash, not the header (RFC 8463 section 3). */
    private static byte[] sha256(Bytes input) {
        MessageDigest digest = BodyHasher.sha256();
        digest.update(input.array(), 0, input.length());
        return digest.digest();
    }
}
