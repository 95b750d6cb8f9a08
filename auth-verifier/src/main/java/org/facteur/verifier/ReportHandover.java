package org.facteur.verifier;

import java.util.List;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReportMail;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;

/** The records of a message that is addressed to where reports about our domains go. */
final class ReportHandover {
    private ReportHandover() {}

    /** One per domain, empty where no recipient takes reports. What DMARC says of the sender goes along. */
    static List<ReportMail> of(Received received, Verification found) {
        DmarcResult dmarc = Dmarc.strictest(found.dmarc());
        return received.recipients().stream()
                .filter(Recipient::reports)
                .map(recipient ->
                        recipient.target().substring(recipient.target().lastIndexOf('@') + 1))
                .distinct()
                .map(domain -> new ReportMail(
                        ReportMail.VERSION,
                        received.id(),
                        received.receivedAt(),
                        received.reversePath(),
                        domain,
                        dmarc.authorDomain(),
                        dmarc.status().text(),
                        received.prepend()))
                .toList();
    }
}
