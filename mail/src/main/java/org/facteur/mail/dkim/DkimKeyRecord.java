package org.facteur.mail.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A key record of DNS (RFC 6376 section 3.6.1), its key ready to use: parsing is what costs, so keep it as long as the DNS
 * answer lives.
 *
 * @param keyType k=, {@code rsa} or {@code ed25519}
 * @param key empty where the key is revoked (p= empty)
 * @param bits size of the key
 * @param hashes h=, the hash algorithms that may be used; empty for all
 * @param services s=, {@code *} or {@code email} among others; empty for all
 * @param testing t=y: the domain only tries DKIM
 * @param strict t=s: i= must have the very domain of d=
 */
public record DkimKeyRecord(
        String keyType,
        Optional<PublicKey> key,
        int bits,
        List<String> hashes,
        List<String> services,
        boolean testing,
        boolean strict) {
    /** The cost of a verification grows with the exponent; that of nearly all keys has 17 bits. */
    private static final int MOST_EXPONENT_BITS = 64;

    /** What comes before the 32 octets of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** Reads a TXT record; fails where it is no key record or the key is broken or of an unknown type. */
    public static DkimKeyRecord parse(String txt) throws TagSyntaxException {
        TagList tags = TagList.parse(txt);
        if (tags.tag("v").isPresent()
                && !(tags.all().get(0).name().equals("v")
                        && tags.all().get(0).value().equals("DKIM1"))) {
            throw new TagSyntaxException("v= is not DKIM1 or not the first tag");
        }
        String keyType = tags.value("k").orElse("rsa");
        String p = tags.value("p").orElseThrow(() -> new TagSyntaxException("tag p= is missing"));
        List<String> flags = tags.words("t");
        Optional<PublicKey> key = p.isEmpty() ? Optional.empty() : Optional.of(key(keyType, tags.base64("p")));
        return new DkimKeyRecord(
                keyType,
                key,
                key.map(DkimKeyRecord::bits).orElse(0),
                tags.words("h"),
                tags.words("s"),
                flags.contains("y"),
                flags.contains("s"));
    }

    /** The record to publish for a key: {@code v=DKIM1; k=…; p=…}, to be split into strings of 255 octets by the zone. */
    public static String text(PublicKey key) {
        byte[] encoded = key.getEncoded();
        boolean rsa = key instanceof RSAPublicKey;
        byte[] p = rsa ? encoded : Arrays.copyOfRange(encoded, ED25519_PREFIX.length, encoded.length);
        return "v=DKIM1; k=" + (rsa ? "rsa" : "ed25519") + "; p="
                + Base64.getEncoder().encodeToString(p);
    }

    private static int bits(PublicKey key) {
        return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 256;
    }

    private static PublicKey key(String keyType, byte[] p) throws TagSyntaxException {
        try {
            return switch (keyType) {
                case "rsa" -> rsa(p);
                case "ed25519" -> ed25519(p);
                default -> throw new TagSyntaxException("unknown key type in k=");
            };
        } catch (GeneralSecurityException e) {
            throw new TagSyntaxException("p= holds no " + keyType + " key");
        }
    }

    /** RFC 6376 says RSAPublicKey, its examples and everybody's records hold SubjectPublicKeyInfo (erratum 3017): both. */
    private static PublicKey rsa(byte[] p) throws GeneralSecurityException, TagSyntaxException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        Optional<BigInteger[]> pair = Der.integerPair(p);
        PublicKey key = pair.isPresent()
                ? factory.generatePublic(new RSAPublicKeySpec(pair.get()[0], pair.get()[1]))
                : factory.generatePublic(new X509EncodedKeySpec(p));
        if (((RSAPublicKey) key).getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw new TagSyntaxException("p= has an exponent that nobody uses");
        }
        return key;
    }

    private static PublicKey ed25519(byte[] p) throws GeneralSecurityException, TagSyntaxException {
        if (p.length != 32) {
            throw new TagSyntaxException("p= is no Ed25519 key of 32 octets");
        }
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + 32);
        System.arraycopy(p, 0, encoded, ED25519_PREFIX.length, 32);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
