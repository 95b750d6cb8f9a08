package org.facteur.imap.session;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All meters of the gateway. Safe for any thread. */
public final class ImapMeters {
    private final MeterRegistry registry;
    private final AtomicInteger sessions;
    private final Map<String, Timer> commands = new ConcurrentHashMap<>();

    /** Registers them. */
    public ImapMeters(MeterRegistry registry) {
        this.registry = registry;
        this.sessions = registry.gauge("facteur.imap.sessions", new AtomicInteger());
    }

    /** A client has connected. */
    public void opened() {
        sessions.incrementAndGet();
    }

    /** A client has gone. */
    public void closed() {
        sessions.decrementAndGet();
    }

    /** A command of the table has run from its last line to its tagged reply. */
    public void ran(String command, long nanos) {
        commands.computeIfAbsent(command, name -> Timer.builder("facteur.imap.command")
                        .description("Time of IMAP commands, from the last line of the command to its tagged reply")
                        .tag("command", name)
                        .publishPercentileHistogram(false)
                        .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
