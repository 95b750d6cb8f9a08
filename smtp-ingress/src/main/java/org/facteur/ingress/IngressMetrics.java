package org.facteur.ingress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.ingress.command.SmtpCommands;

/** The meters of smtp-ingress, all of them there from the start. Safe for any thread. */
public final class IngressMetrics {
    private static final int LOWEST_CLASS = 2;
    private static final int HIGHEST_CLASS = 5;

    private final AtomicInteger connections = new AtomicInteger();
    private final Timer transactions;
    private final Counter late;
    private final Map<String, Counter[]> commands = new HashMap<>();
    private final Map<Role, Counter> accepted = new EnumMap<>(Role.class);
    private final Map<Role, Map<Reason, Counter>> refused = new EnumMap<>(Role.class);

    /** Registers them. */
    public IngressMetrics(MeterRegistry meters) {
        Gauge.builder("facteur_smtp_connections", connections, AtomicInteger::doubleValue)
                .description("SMTP connections that are open")
                .register(meters);
        transactions = Timer.builder("facteur_smtp_transaction_seconds")
                .description("From MAIL to the reply to the end of data, verdict included")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
        late = Counter.builder("facteur_smtp_verdict_late_total")
                .description("Messages whose verdict did not come in time, taken without it")
                .register(meters);
        SmtpCommands.verbs().forEach(verb -> commands.put(verb, replies(meters, verb)));
        commands.put(SmtpCommands.UNKNOWN, replies(meters, SmtpCommands.UNKNOWN));
        for (Role role : Role.values()) {
            accepted.put(
                    role,
                    Counter.builder("facteur_smtp_accepted_total")
                            .description("Messages that got a 250, by listener")
                            .tag("listener", role.listener())
                            .register(meters));
            Map<Reason, Counter> reasons = new EnumMap<>(Reason.class);
            for (Reason reason : Reason.values()) {
                reasons.put(reason, refusals(meters, role, reason));
            }
            refused.put(role, reasons);
        }
    }

    private static Counter[] replies(MeterRegistry meters, String verb) {
        Counter[] classes = new Counter[HIGHEST_CLASS + 1];
        for (int i = LOWEST_CLASS; i <= HIGHEST_CLASS; i++) {
            classes[i] = Counter.builder("facteur_smtp_commands_total")
                    .description("SMTP commands by verb and class of the reply")
                    .tag("command", verb)
                    .tag("reply", i + "xx")
                    .register(meters);
        }
        return classes;
    }

    private static Counter refusals(MeterRegistry meters, Role role, Reason reason) {
        return Counter.builder("facteur_smtp_refused_total")
                .description("Messages, recipients and log-ins that were refused, for good or for now, by reason")
                .tag("listener", role.listener())
                .tag("reason", reason.label())
                .register(meters);
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /** A command of the table, or {@link SmtpCommands#UNKNOWN}, and the reply that it got. */
    void command(String verb, int code) {
        commands.get(verb)[code / 100].increment();
    }

    /** A message that got its 250. */
    void accepted(Role role, long begin) {
        transactions.record(Duration.ofNanos(System.nanoTime() - begin));
        accepted.get(role).increment();
    }

    /** A message, a recipient or a log-in that was refused. */
    void refused(Role role, Reason reason) {
        refused.get(role).get(reason).increment();
    }

    /** A message that was taken without its verdict. */
    void verdictLate() {
        late.increment();
    }
}
