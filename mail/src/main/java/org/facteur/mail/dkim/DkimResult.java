package org.facteur.mail.dkim;

import java.util.Optional;

/**
 * What became of one signature.
 *
 * @param status as in Authentication-Results
 * @param reason a few words in ASCII; empty for a plain pass
 * @param signature the signature as far as it could be read
 * @param bits size of the key; 0 where none was found
 */
public record DkimResult(Status status, String reason, Optional<DkimSignature> signature, int bits) {
    /** The results of RFC 8601 section 2.7.1; no signature at all is an empty list of results. */
    public enum Status {
        /** The signature holds. */
        PASS("pass"),
        /** The signature does not hold. */
        FAIL("fail"),
        /** The signature could not be read, or the domain only tests. */
        NEUTRAL("neutral"),
        /** The signature is of a kind that is not accepted here. */
        POLICY("policy"),
        /** DNS trouble; it might hold. */
        TEMPERROR("temperror"),
        /** It can never be verified: no key, for instance. */
        PERMERROR("permerror");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The word in Authentication-Results. */
        public String text() {
            return text;
        }
    }

    /** Whether the signature holds. */
    public boolean passes() {
        return status == Status.PASS;
    }
}
