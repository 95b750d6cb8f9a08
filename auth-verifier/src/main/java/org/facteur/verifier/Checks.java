package org.facteur.verifier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.facteur.mail.dkim.DkimVerifier;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Received;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.verifier.client.Dnsbl;
import org.facteur.verifier.client.Iprev;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.Spf;

/** The methods of this service, ready to be run on any number of messages at once. */
final class Checks {
    private static final Duration MOST_DNS = Duration.ofSeconds(20);

    private final Clock clock;
    final Vertx vertx;
    final Iprev iprev;
    final Spf spf;
    final DkimVerifier dkim;
    final Dmarc dmarc;
    final Dnsbl dnsbl;

    Checks(Vertx vertx, Dns dns, Clock clock, VerifierSettings settings) {
        this.vertx = vertx;
        this.clock = clock;
        iprev = new Iprev(dns);
        spf = new Spf(dns, settings.authservId(), clock);
        dkim = new DkimVerifier(new DnsDkimKeys(dns), clock, DkimVerifier.DEFAULT_SIGNATURES);
        dmarc = new Dmarc(dns);
        dnsbl = new Dnsbl(dns, settings.blocklists());
    }

    /** Runs all of them on a message. Its time for DNS begins now, however long the body takes to arrive. */
    Future<Verification> verify(Received received, ReceivedBody body, BodyStore bodies) {
        Instant begin = clock.instant();
        Duration limit = Handover.timeLeft(received, begin, MOST_DNS);
        RunningChecks running = begin(received, body.header());
        return (running.needsBody() ? body.feed(bodies, running::body) : Future.<Void>succeededFuture())
                .compose(fed -> running.finish(limit.minus(Duration.between(begin, clock.instant()))));
    }

    /** Starts all checks that do not need the body. */
    RunningChecks begin(Received received, RawHeader header) {
        InetAddress client = ClientAddress.parse(received.client().ip())
                .orElseThrow(() -> new PermanentFailure(
                        "not an IP address: " + received.client().ip()));
        return new RunningChecks(this, client, received, header);
    }
}
