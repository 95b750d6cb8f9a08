package org.facteur.admin.dmarc;

import java.util.List;
import org.facteur.mail.record.AuthObservation;

/** What messages of one row of a report have in common: all of an observation but its time, message and policy. */
record ObservedRow(
        String sourceIp,
        String disposition,
        List<AuthObservation.Override> overrides,
        String headerFrom,
        String envelopeFrom,
        String envelopeTo,
        boolean dkimAligned,
        boolean spfAligned,
        AuthObservation.Spf spf,
        List<AuthObservation.Dkim> dkim) {
    static ObservedRow of(AuthObservation seen) {
        return new ObservedRow(
                seen.sourceIp(),
                seen.disposition(),
                seen.overrides(),
                seen.headerFrom(),
                seen.envelopeFrom(),
                seen.envelopeTo(),
                seen.dkimAligned(),
                seen.spfAligned(),
                seen.spf(),
                seen.dkim());
    }
}
