package org.facteur.verifier;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.DkimVerifier;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Received;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.verifier.arc.ArcTrust;
import org.facteur.verifier.client.Dnsbl;
import org.facteur.verifier.client.Iprev;
import org.facteur.verifier.content.Scanners;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.spf.Spf;

/** The methods of this service, ready to be run on any number of messages at once. */
final class Checks {
    final Vertx vertx;
    final Iprev iprev;
    final Spf spf;
    final DkimVerifier dkim;
    final ArcVerifier arc;
    final Dmarc dmarc;
    final ArcTrust arcTrust;
    final Dnsbl dnsbl;
    final Scanners scanners;

    Checks(Vertx vertx, Dns dns, Clock clock, VerifierSettings settings) {
        this.vertx = vertx;
        iprev = new Iprev(dns);
        spf = new Spf(dns, settings.authservId(), clock);
        DkimKeys keys = new DnsDkimKeys(dns);
        dkim = new DkimVerifier(keys, clock, DkimVerifier.DEFAULT_SIGNATURES);
        arc = new ArcVerifier(keys, clock);
        dmarc = new Dmarc(dns);
        arcTrust = new ArcTrust(settings.trustedSealers(), dmarc);
        dnsbl = new Dnsbl(dns, settings.blocklists());
        scanners = Scanners.of(vertx, settings.content(), settings.authservId(), clock);
    }

    /** Starts all checks that do not need the body. */
    RunningChecks begin(Received received, RawHeader header) {
        InetAddress client = ClientAddress.parse(received.client().ip())
                .orElseThrow(() -> new PermanentFailure(
                        "not an IP address: " + received.client().ip()));
        return new RunningChecks(this, client, received, header);
    }
}
