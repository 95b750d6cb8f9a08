package org.facteur.mail.dkim;

import java.util.List;

/**
 * The octets that a signature over header fields covers, for methods that sign as DKIM does (ARC, RFC 8617): gather them, then
 * sign or verify.
 */
public final class SignedFields {
    private final Bytes input;

    private SignedFields(Bytes input) {
        this.input = input;
    }

    /**
     * The fields that an h= tag names, then the signature's own field (RFC 6376 section 3.7).
     *
     * @param names in lower case; repeated ones take fields from the bottom up
     * @param own the signature's field with its b= tag empty
     */
    public static SignedFields named(Canonicalization form, RawHeader header, List<String> names, RawField own) {
        return new SignedFields(HeaderHash.input(form, header, names, own));
    }

    /** These fields in this order, relaxed, then the signature's own field (RFC 8617 section 5.1.1). */
    public static SignedFields inOrder(List<RawField> fields, RawField own) {
        Bytes out = new Bytes(4096);
        fields.forEach(field -> Canonicalization.RELAXED.field(field, out));
        Canonicalization.RELAXED.field(own, out);
        out.truncate(out.length() - 2);
        return new SignedFields(out);
    }

    /** A signature's field without the value of its b= tag, as it goes into its own hash. */
    public static RawField withoutValue(RawField field, TagList.Tag b) {
        return HeaderHash.withoutValue(field, b);
    }

    /** Whether the signature holds under that key, which must not be revoked. */
    public boolean verify(DkimAlgorithm algorithm, DkimKeyRecord key, byte[] signature) {
        return Signatures.verify(algorithm, key.key().orElseThrow(), input, signature);
    }

    /** Signs; fails with IllegalStateException where the key does not fit its algorithm. */
    public byte[] sign(DkimSigningKey key) {
        return Signatures.sign(key.algorithm(), key.key(), input);
    }
}
