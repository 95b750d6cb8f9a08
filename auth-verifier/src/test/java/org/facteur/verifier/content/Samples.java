package org.facteur.verifier.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Messages to scan, and how tests wait. */
final class Samples {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private Samples() {}

    static ScannedMessage message(MessageOctets octets) {
        return new ScannedMessage(
                "m1",
                "192.0.2.1",
                "mail.example.org",
                "helo\r\nX-Evil: yes",
                "j\u00f6rg@example.org",
                List.of("bob@example.com", "carol@example.com"),
                octets);
    }

    static ScannedMessage message(String text) {
        return message(MessageOctets.of(text.getBytes(UTF_8)));
    }

    static ScannedMessage message() {
        return message("Subject: hello\r\n\r\nHello.\r\n");
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
