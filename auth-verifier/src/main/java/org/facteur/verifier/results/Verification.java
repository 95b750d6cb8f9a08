package org.facteur.verifier.results;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.verifier.arc.ArcFinding;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.spf.SpfResult;

/**
 * Everything that the methods found about one message.
 *
 * @param client the SMTP client's address
 * @param reversePath without angle brackets; empty for the null reverse-path
 * @param helo the client's HELO
 * @param dkim one result per signature; empty where it is unsigned
 * @param dmarc one result per author domain; never empty
 * @param arc the ARC chain, and whether it makes up for a DMARC failure
 * @param dnsbl one result per list; empty where none was asked
 * @param scans one result per scanner of the content; empty where there is none
 */
public record Verification(
        InetAddress client,
        String reversePath,
        String helo,
        IprevResult iprev,
        SpfResult spf,
        List<DkimResult> dkim,
        List<DmarcResult> dmarc,
        ArcFinding arc,
        List<DnsblResult> dnsbl,
        List<ScanResult> scans) {
    /** The result of the best signature: one that passes, else the first; empty where the message is unsigned. */
    public Optional<DkimResult> bestDkim() {
        return dkim.stream().filter(DkimResult::passes).findFirst().or(() -> dkim.stream()
                .findFirst());
    }
}
