package org.facteur.verifier.content;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.verifier.client.IprevResult;

/** The scanners of this service, asked all at once; none where the environment names none. */
public final class Scanners {
    /** How long a scan waits for the name of the client: DNS trouble must not cost the scan. */
    private static final long HOSTNAME_MILLIS = 1000;

    private final List<Scanner> scanners;
    private final Duration timeout;

    /**
     * These.
     *
     * @param timeout the most that an answer may take
     */
    Scanners(List<Scanner> scanners, Duration timeout) {
        this.scanners = scanners;
        this.timeout = timeout;
    }

    /** Those of the environment, each behind a {@link Breaker}. Their connections close with the context or with Vert.x. */
    public static Scanners of(Vertx vertx, ContentSettings settings, String hostname, Clock clock) {
        Optional<Scanner> rspamd =
                settings.rspamd().map(server -> new Rspamd(vertx, server, settings.rspamdPassword(), hostname));
        Optional<Scanner> clamd = settings.clamd().map(server -> new Clamd(vertx, server));
        return new Scanners(
                Stream.of(rspamd, clamd)
                        .flatMap(Optional::stream)
                        .<Scanner>map(scanner -> new Breaker(scanner, clock))
                        .toList(),
                settings.timeout());
    }

    /**
     * Asks them about a message. Each reads the octets for itself, at its own pace: a slow one holds back neither the others
     * nor the hashing of the body.
     *
     * @param iprev tells the client's name where it is known soon
     * @param left what the verdict's deadline leaves
     */
    public Scans begin(Received received, Future<IprevResult> iprev, MessageOctets octets, Duration left) {
        if (scanners.isEmpty()) {
            return Scans.none();
        }
        Duration limit = left.compareTo(timeout) < 0 ? left : timeout;
        Future<ScannedMessage> message = name(iprev).map(name -> message(received, name, octets));
        return new Scans(
                scanners,
                scanners.stream()
                        .map(scanner -> message.compose(known -> scanner.scan(known, limit)))
                        .toList());
    }

    private static Future<String> name(Future<IprevResult> iprev) {
        Future<IprevResult> soon = iprev.isComplete() ? iprev : iprev.timeout(HOSTNAME_MILLIS, TimeUnit.MILLISECONDS);
        return soon.map(result -> result.status() == IprevResult.Status.PASS ? result.name() : "")
                .otherwise("");
    }

    private static ScannedMessage message(Received received, String hostname, MessageOctets octets) {
        return new ScannedMessage(
                received.id(),
                received.client().ip(),
                hostname,
                received.client().helo(),
                received.reversePath(),
                received.recipients().stream()
                        .map(Recipient::original)
                        .distinct()
                        .toList(),
                octets);
    }
}
