package org.facteur.verifier.dmarc;

import java.util.List;

/**
 * What the other methods found, as far as DMARC needs it: domains in A-labels.
 *
 * @param spf the reverse-path's (or HELO's) domain where SPF was not clearly negative
 * @param dkim the signing domains where the signature was not clearly bad
 */
public record DmarcInput(List<Identifier> spf, List<Identifier> dkim) {
    /**
     * A domain that may back the author domain.
     *
     * @param pass true for a pass, false where DNS trouble left it open
     */
    public record Identifier(String domain, boolean pass) {}
}
