package org.facteur.standalone;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facteur.platform.config.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code facteur up}: everything in one process, until it is told to end. */
@Command(name = "up", description = "Start everything in this process.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    /** The status of a verb whose process goes on. */
    static final int STAYS_UP = -1;

    private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        long begin = System.nanoTime();
        Standalone standalone = Standalone.start(Environment.of(System.getenv()));
        stopAtEnd(standalone);
        PrintWriter out = spec.commandLine().getOut();
        describe(out, standalone);
        out.printf(
                "up after %.1f s%n", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
        out.flush();
        return STAYS_UP;
    }

    /** Says where everything is. */
    static void describe(PrintWriter out, Standalone standalone) {
        Map<String, Integer> ports = standalone.ports();
        String host = standalone.settings().hostname();
        out.printf(
                "Facteur takes mail for %s on %s%n", host, standalone.settings().bind());
        out.printf("  SMTP        port %d (from other servers)%n", ports.get("smtp"));
        out.printf("  submission  port %d (STARTTLS), %d (TLS)%n", ports.get("submission"), ports.get("submissions"));
        out.printf("  IMAP        port %d (STARTTLS), %d (TLS)%n", ports.get("imap"), ports.get("imaps"));
        out.printf("  API         http://127.0.0.1:%d/api%n", ports.get("admin"));
        out.printf("  token       in %s%n", standalone.settings().data().resolve("admin-token"));
        out.printf("  metrics     http://127.0.0.1:%d/metrics%n", ports.get("metrics"));
        out.flush();
    }

    /** SIGTERM and SIGINT drain the services; the status of a clean end is 0. */
    static void stopAtEnd(Standalone standalone) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            int status = 0;
                            try {
                                standalone.close();
                            } catch (Exception e) {
                                LOG.warn("not everything stopped cleanly", e);
                                status = 1;
                            }
                            Runtime.getRuntime().halt(status);
                        },
                        "stop"));
    }
}
