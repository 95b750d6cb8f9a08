package org.facteur.mail.arc;

import java.util.List;
import org.facteur.mail.dkim.RawField;

/**
 * One ARC set (RFC 8617 section 4.2): what one handler added to the chain.
 *
 * @param instance i=, 1 to {@value ArcChain#MOST_SETS}
 * @param results the ARC-Authentication-Results field; {@link RecordedResults} reads it
 * @param message the ARC-Message-Signature field
 * @param seal the ARC-Seal field
 */
public record ArcSet(int instance, RawField results, ArcMessageSignature message, ArcSeal seal) {
    /** The three fields in the order in which seals cover them (RFC 8617 section 5.1.1). */
    List<RawField> fields() {
        return List.of(results, message.field(), seal.field());
    }
}
