package org.facteur.verifier.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import org.facteur.platform.ManualClock;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Scripted scanner = new Scripted();
    private final ManualClock clock = new ManualClock();
    private final Breaker breaker = new Breaker(scanner, clock);

    @Test
    void aDeadScannerIsLeftAlone() {
        scanner.next = ScanResult.error("x", "no connection");
        scan(20);
        assertThat(scanner.asked).isEqualTo(5);
        assertThat(scan(1).reason()).contains("not asked");
        assertThat(scan(1).finding()).isEqualTo(Finding.ERROR);
    }

    @Test
    void afterThePauseOneMessageTries() {
        scanner.next = ScanResult.error("x", "no connection");
        scan(20);
        clock.advance(Breaker.PAUSE);
        scan(20);
        assertThat(scanner.asked).isEqualTo(6);
    }

    @Test
    void aScannerThatAnswersAgainIsAskedAgain() {
        scanner.next = ScanResult.error("x", "no connection");
        scan(20);
        clock.advance(Breaker.PAUSE);
        scanner.next = ScanResult.clean("x");
        assertThat(scan(20)).isEqualTo(ScanResult.clean("x"));
        assertThat(scanner.asked).isEqualTo(25);
    }

    @Test
    void errorsThatAreNotInARowDoNotCount() {
        for (int i = 0; i < 10; i++) {
            scanner.next = ScanResult.error("x", "no connection");
            scan(4);
            scanner.next = ScanResult.skipped("x", "too large");
            scan(1);
        }
        assertThat(scanner.asked).isEqualTo(50);
    }

    private ScanResult scan(int times) {
        ScanResult last = null;
        for (int i = 0; i < times; i++) {
            last = Samples.await(breaker.scan(Samples.message(), Samples.LIMIT));
        }
        return last;
    }

    private static final class Scripted implements Scanner {
        private ScanResult next;
        private int asked;

        @Override
        public String name() {
            return "x";
        }

        @Override
        public Future<ScanResult> scan(ScannedMessage message, Duration limit) {
            asked++;
            return Future.succeededFuture(next);
        }
    }
}
