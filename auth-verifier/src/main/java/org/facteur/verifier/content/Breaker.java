package org.facteur.verifier.content;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scanner that is left alone while it is down: after {@value #FAILURES} errors in a row it is not asked for {@link #PAUSE},
 * then one message tries it. An outage is one line in the log at its begin and one at its end. Safe for use by several threads.
 */
public final class Breaker implements Scanner {
    /** For how long a scanner that fails is not asked. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int FAILURES = 5;

    private final Scanner scanner;
    private final Clock clock;
    private int failures;
    private Instant next = Instant.MIN;

    /** Guards that scanner. */
    public Breaker(Scanner scanner, Clock clock) {
        this.scanner = scanner;
        this.clock = clock;
    }

    @Override
    public String name() {
        return scanner.name();
    }

    @Override
    public Future<ScanResult> scan(ScannedMessage message, Duration limit) {
        return mayAsk()
                ? scanner.scan(message, limit).onSuccess(this::note)
                : Future.succeededFuture(
                        ScanResult.error(name(), "not asked, since it gave no answer to the messages before"));
    }

    private synchronized boolean mayAsk() {
        if (failures < FAILURES) {
            return true;
        }
        Instant now = clock.instant();
        boolean trial = !now.isBefore(next);
        if (trial) {
            next = now.plus(PAUSE);
        }
        return trial;
    }

    private synchronized void note(ScanResult result) {
        if (result.finding() != Finding.ERROR) {
            if (failures >= FAILURES) {
                LOG.info("{} answers again", name());
            }
            failures = 0;
            return;
        }
        failures = Math.min(FAILURES + 1, failures + 1);
        if (failures == FAILURES) {
            next = clock.instant().plus(PAUSE);
            LOG.warn(
                    "{} gives no answer ({}); mail goes on without it, it is tried every {} s",
                    name(),
                    result.reason(),
                    PAUSE.toSeconds());
        }
    }
}
