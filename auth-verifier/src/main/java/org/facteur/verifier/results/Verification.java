package org.facteur.verifier.results;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
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
 * @param arc whether there is an ARC chain and what it is worth
 * @param dnsbl one result per list; empty where none was asked
 */
public record Verification(
        InetAddress client,
        String reversePath,
        String helo,
        IprevResult iprev,
        SpfResult spf,
        List<DkimResult> dkim,
        List<DmarcResult> dmarc,
        ArcStatus arc,
        List<DnsblResult> dnsbl) {
    /** The result of the best signature: one that passes, else the first; empty where the message is unsigned. */
    public Optional<DkimResult> bestDkim() {
        return dkim.stream().filter(DkimResult::passes).findFirst().or(() -> dkim.stream()
                .findFirst());
    }

    /** What an ARC chain (RFC 8617) is worth. */
    public enum ArcStatus {
        /** There is none. */
        NONE("none"),
        /** It is intact. */
        PASS("pass"),
        /** It is broken. */
        FAIL("fail"),
        /** There is one that was not validated: nothing is said about it. */
        UNCHECKED("");

        private final String text;

        ArcStatus(String text) {
            this.text = text;
        }

        /** The word in Authentication-Results; empty where nothing is said. */
        public String text() {
            return text;
        }
    }
}
