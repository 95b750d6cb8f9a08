package org.facteur.compose;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.standalone.SmtpTalk;

/**
 * Messages at a steady rate, one a connection, whatever became of those before, each tried once: after a lost connection
 * nobody knows whether it was taken, and a second try would make two of it.
 */
final class SteadyLoad {
    private static final int THREADS = 64;
    private static final Duration LAST_REPLY = Duration.ofSeconds(70);

    private final int port;
    private final String to;
    private final String prefix;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Instant> accepted = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final AtomicInteger unconnected = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);

    private SteadyLoad(int port, String to, String prefix) {
        this.port = port;
        this.to = to;
        this.prefix = prefix;
    }

    /** Begins to send messages with the subjects {@code prefix-0}, {@code prefix-1} … until told to end. */
    static SteadyLoad start(int port, String to, String prefix, int perSecond) {
        SteadyLoad load = new SteadyLoad(port, to, prefix);
        long pause = TimeUnit.SECONDS.toMicros(1) / perSecond;
        load.clock.scheduleAtFixedRate(() -> load.clock.execute(load::one), 0, pause, TimeUnit.MICROSECONDS);
        return load;
    }

    private void one() {
        String subject = prefix + "-" + next.getAndIncrement();
        try (SmtpTalk client = new SmtpTalk(port)) {
            String reply = client.send(
                    SmtpTalk.SENDER, to, SmtpTalk.message(to, subject, "Text of " + subject + "\r\n".repeat(20)));
            if (reply.startsWith("250")) {
                accepted.put(subject, Instant.now());
            } else {
                failures.merge(reply, 1, Integer::sum);
            }
        } catch (SmtpTalk.NotConnected e) {
            unconnected.incrementAndGet();
            failures.merge("not connected", 1, Integer::sum);
        } catch (IOException e) {
            failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
        }
    }

    /** Begins no more messages and waits for the replies to the others. */
    SteadyLoad finish() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(LAST_REPLY.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("messages are still under way after " + LAST_REPLY);
        }
        return this;
    }

    /** Subjects that got a 250, with the moment of it. */
    Map<String, Instant> accepted() {
        return Map.copyOf(accepted);
    }

    /** Every other end, with how often it came. */
    Map<String, Integer> failures() {
        return new TreeMap<>(failures);
    }

    /** Connections that no server took. */
    int unconnected() {
        return unconnected.get();
    }
}
