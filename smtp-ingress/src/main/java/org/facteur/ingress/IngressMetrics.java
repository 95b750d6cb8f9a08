package org.facteur.ingress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of smtp-ingress. Safe for any thread. */
public final class IngressMetrics {
    private static final String[] CLASSES = {"", "", "2xx", "3xx", "4xx", "5xx"};

    private final MeterRegistry meters;
    private final AtomicInteger connections = new AtomicInteger();
    private final Timer transactions;
    private final Map<String, Counter[]> commands = new ConcurrentHashMap<>();
    private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> refused = new ConcurrentHashMap<>();

    /** Registers them. */
    public IngressMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("facteur_smtp_connections", connections, AtomicInteger::doubleValue)
                .description("SMTP connections that are open")
                .register(meters);
        transactions = Timer.builder("facteur_smtp_transaction_seconds")
                .description("From MAIL to the reply to the end of data, verdict included")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /** A command and the reply that it got. */
    void command(String verb, int code) {
        Counter[] counters = commands.computeIfAbsent(verb, name -> new Counter[CLASSES.length]);
        int index = code / 100;
        if (counters[index] == null) {
            counters[index] = Counter.builder("facteur_smtp_commands_total")
                    .description("SMTP commands by verb and class of the reply")
                    .tag("command", verb)
                    .tag("reply", CLASSES[index])
                    .register(meters);
        }
        counters[index].increment();
    }

    /** A message that got its 250. */
    void accepted(Role role, long begin) {
        transactions.record(Duration.ofNanos(System.nanoTime() - begin));
        accepted.computeIfAbsent(role.listener(), listener -> Counter.builder("facteur_smtp_accepted_total")
                        .description("Messages that got a 250, by listener")
                        .tag("listener", listener)
                        .register(meters))
                .increment();
    }

    /** A message that was refused at its end. */
    void refused(int code) {
        refused.computeIfAbsent(code, one -> Counter.builder("facteur_smtp_refused_total")
                        .description("Messages refused at the end of data, by reply code")
                        .tag("code", Integer.toString(one))
                        .register(meters))
                .increment();
    }
}
