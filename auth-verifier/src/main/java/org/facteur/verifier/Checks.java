package org.facteur.verifier;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.BodyHasher;
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
import org.facteur.verifier.spf.SpfTrace;

/** The methods of this service, ready to be run on any number of messages at once. */
final class Checks {
    /** The most time that a message's questions to DNS have. */
    static final Duration MOST_DNS = Duration.ofSeconds(20);

    final Vertx vertx;
    final Iprev iprev;
    final Spf spf;
    final DkimVerifier dkim;
    final ArcVerifier arc;
    final Dmarc dmarc;
    final ArcTrust arcTrust;
    final Dnsbl dnsbl;
    final Scanners scanners;
    private final Clock clock;
    private final VerifierSettings settings;

    Checks(Vertx vertx, Dns dns, Clock clock, VerifierSettings settings) {
        this(
                vertx,
                method -> dns,
                SpfTrace.NONE,
                Scanners.of(vertx, settings.content(), settings.authservId(), clock),
                clock,
                settings);
    }

    private Checks(
            Vertx vertx,
            Function<String, Dns> dns,
            SpfTrace trace,
            Scanners scanners,
            Clock clock,
            VerifierSettings settings) {
        this.vertx = vertx;
        this.clock = clock;
        this.settings = settings;
        iprev = new Iprev(dns.apply("iprev"));
        spf = new Spf(dns.apply("spf"), settings.authservId(), clock, trace);
        dkim = new DkimVerifier(new DnsDkimKeys(dns.apply("dkim")), clock, DkimVerifier.DEFAULT_SIGNATURES);
        arc = new ArcVerifier(new DnsDkimKeys(dns.apply("arc")), clock);
        dmarc = new Dmarc(dns.apply("dmarc"));
        arcTrust = new ArcTrust(settings.trustedSealers(), new Dmarc(dns.apply("arc")));
        dnsbl = new Dnsbl(dns.apply("dnsbl"), settings.blocklists());
        this.scanners = scanners;
    }

    /**
     * The same checks and scanners, of which each method asks a DNS of its own.
     *
     * @param ofMethod by the method's name in Authentication-Results
     * @param trace is told what SPF does
     */
    Checks observed(Function<String, Dns> ofMethod, SpfTrace trace) {
        return new Checks(vertx, ofMethod, trace, scanners, clock, settings);
    }

    /** Starts all checks that do not need the body. */
    RunningChecks begin(Received received, RawHeader header) {
        return begin(received, header, List.of());
    }

    /** Starts them, and hashes the body in these forms too. */
    RunningChecks begin(Received received, RawHeader header, Collection<BodyHasher.Form> forms) {
        InetAddress client = ClientAddress.parse(received.client().ip())
                .orElseThrow(() -> new PermanentFailure(
                        "not an IP address: " + received.client().ip()));
        return new RunningChecks(this, client, received, header, forms);
    }
}
