package org.facteur.verifier.dmarc;

import java.util.Optional;

/**
 * What DMARC says about one author domain.
 *
 * @param authorDomain the domain in From, in A-labels; empty where From has none
 * @param policyDomain whose record it is; empty where there is none
 * @param record the record
 * @param requested what the owner asks for, t=y taken into account; {@link DmarcPolicy#NONE} unless status is fail
 * @param dkimAligned whether an aligned signature passes
 * @param spfAligned whether SPF passes and is aligned
 * @param reason a few words of ASCII; may be empty
 */
public record DmarcResult(
        Status status,
        String authorDomain,
        String policyDomain,
        Optional<DmarcRecord> record,
        DmarcPolicy requested,
        boolean dkimAligned,
        boolean spfAligned,
        String reason) {
    /** The results, as Authentication-Results words them (RFC 9989 section 9). */
    public enum Status {
        /** The domain has no record. */
        NONE("none"),
        /** An aligned identifier passes. */
        PASS("pass"),
        /** None does. */
        FAIL("fail"),
        /** DNS trouble. */
        TEMPERROR("temperror"),
        /** From or the record cannot be used. */
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

    static DmarcResult of(Status status, String authorDomain, String reason) {
        return new DmarcResult(status, authorDomain, "", Optional.empty(), DmarcPolicy.NONE, false, false, reason);
    }
}
