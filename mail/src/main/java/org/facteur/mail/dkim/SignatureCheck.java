package org.facteur.mail.dkim;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decisions about one signature that could be read, in the order of RFC 6376 section 6.1. */
record SignatureCheck(DkimSignature signature) {
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    static DkimResult result(DkimResult.Status status, String reason) {
        return new DkimResult(status, reason, Optional.empty(), 0);
    }

    /** Where fields of the message are missing from what was read, no signature can be verified, nor refuted. */
    static DkimResult unreadable() {
        return result(DkimResult.Status.POLICY, "header is too long, not verified");
    }

    /** A result that needs neither key nor body (RFC 6376 section 6.1.1, RFC 8301 section 3.1). */
    Optional<DkimResult> refusal(Instant now) {
        if (signature.algorithm().equals("rsa-sha1")) {
            return Optional.of(of(DkimResult.Status.POLICY, "rsa-sha1 is not accepted", 0));
        }
        if (DkimAlgorithm.named(signature.algorithm()).isEmpty()) {
            return Optional.of(of(DkimResult.Status.NEUTRAL, "unknown algorithm", 0));
        }
        if (!signature.names().contains("from")) {
            return Optional.of(permerror("From is not signed"));
        }
        if (signature.expiresAt().map(now::isAfter).orElse(false)) {
            return Optional.of(of(DkimResult.Status.FAIL, "signature expired", 0));
        }
        return Optional.empty();
    }

    /** A result that needs no body, where the key record forbids this signature (RFC 6376 section 6.1.2). */
    Optional<DkimResult> keyRefusal(DkimKeyRecord key) {
        Optional<KeyRefusal> refusal = KeyRefusal.of(algorithm(), key);
        boolean fits = refusal.map(KeyRefusal::size).orElse(true);
        if (fits && key.strict() && !signature.identityDomain().equals(signature.domain())) {
            return Optional.of(permerror("key does not allow subdomains in i="));
        }
        return refusal.map(
                why -> why.size() ? of(DkimResult.Status.POLICY, why.reason(), key.bits()) : permerror(why.reason()));
    }

    /** The last word (RFC 6376 section 6.1.3). */
    DkimResult verify(RawHeader header, DkimKeyRecord key, BodyHash body, Instant now) {
        if (signature.limit().isPresent() && body.length() < signature.limit().getAsLong()) {
            return failure(key, "body is shorter than l=");
        }
        if (!MessageDigest.isEqual(body.sha256(), signature.bodyHash())) {
            return failure(key, "body hash mismatch");
        }
        RawField own = HeaderHash.withoutValue(signature.field(), signature.value());
        // a signature never covers itself as one of the named fields (RFC 6376 section 3.5, h=)
        RawHeader others = signature.names().contains(DkimSignature.FIELD) ? header.without(signature.field()) : header;
        Bytes input = HeaderHash.input(signature.header(), others, signature.names(), own);
        if (!Signatures.verify(algorithm(), key.key().orElseThrow(), input, signature.signature())) {
            return failure(key, "signature does not match the header");
        }
        return of(DkimResult.Status.PASS, remarks(key, body, now), key.bits());
    }

    /** What one should know about a signature that holds: it need not cover everything, nor mean it. */
    private String remarks(DkimKeyRecord key, BodyHash body, Instant now) {
        List<String> remarks = new ArrayList<>(3);
        if (body.hashed() < body.length()) {
            remarks.add(body.hashed() + " of " + body.length() + " octets of the body are signed");
        }
        if (signature.signedAt().map(time -> time.isAfter(now.plus(CLOCK_SKEW))).orElse(false)) {
            remarks.add("signed in the future");
        }
        if (key.testing()) {
            remarks.add("domain is testing");
        }
        return String.join(", ", remarks);
    }

    DkimResult permerror(String reason) {
        return of(DkimResult.Status.PERMERROR, reason, 0);
    }

    DkimResult temperror(String reason) {
        return of(DkimResult.Status.TEMPERROR, reason, 0);
    }

    /** A failure of a domain that only tests counts as no signature (RFC 6376 section 3.6.1, t=y). */
    private DkimResult failure(DkimKeyRecord key, String reason) {
        return key.testing()
                ? of(DkimResult.Status.NEUTRAL, reason + ", domain is testing", key.bits())
                : of(DkimResult.Status.FAIL, reason, key.bits());
    }

    private DkimResult of(DkimResult.Status status, String reason, int bits) {
        return new DkimResult(status, reason, Optional.of(signature), bits);
    }

    private DkimAlgorithm algorithm() {
        return DkimAlgorithm.named(signature.algorithm()).orElseThrow();
    }
}
