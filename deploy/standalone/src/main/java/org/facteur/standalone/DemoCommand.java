package org.facteur.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import jakarta.mail.MessagingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.facteur.admin.cli.ApiClient;
import org.facteur.admin.cli.TraceCommand;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code facteur demo}: everything in one process with the domain demo.test, a message from outside and one from a client,
 * both read back, and the journey of each. It asks no name server but its own and sends nothing off this machine.
 */
@Command(
        name = "demo",
        description = "Start everything with demo.test, send, read and trace.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String ALICE = "alice@demo.test";
    private static final String BOB = "bob@demo.test";
    private static final String PASSWORD = "demo-password";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--once", description = "End after the demonstration: status 0 if all of it worked.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Vertx vertx = Vertx.vertx();
        SmtpSink outside = new SmtpSink(vertx, "127.0.0.1");
        DemoWorld world = new DemoWorld();
        outside.listen().await();
        Standalone standalone = Standalone.start(environment(world, outside));
        UpCommand.describe(out, standalone);
        try {
            demonstrate(out, vertx, standalone, world);
        } catch (DemoFailure | ApiClient.ApiException e) {
            out.println("the demo failed: " + e.getMessage());
            out.flush();
            close(vertx, standalone, world);
            return 1;
        }
        if (once) {
            close(vertx, standalone, world);
            return 0;
        }
        out.printf("Log in as %s or %s with the password %s. End with Ctrl-C.%n", ALICE, BOB, PASSWORD);
        out.flush();
        UpCommand.stopAtEnd(standalone);
        return UpCommand.STAYS_UP;
    }

    /** Something that should have worked did not. */
    private static final class DemoFailure extends Exception {
        private static final long serialVersionUID = 1L;

        DemoFailure(String message) {
            super(message);
        }
    }

    /** What the user has set wins; the rest is the demo's own little world. */
    private static Environment environment(DemoWorld world, SmtpSink outside) {
        Environment given = Environment.of(System.getenv());
        Path data = given.get(CommonSettings.DATA).resolve("demo");
        Map<String, String> demo = new HashMap<>();
        demo.put("FACTEUR_DATA", data.toString());
        demo.put("FACTEUR_DNS", world.dns());
        demo.put("FACTEUR_EGRESS_PORT", Integer.toString(outside.port()));
        if (!given.has(CommonSettings.BIND)) {
            demo.put("FACTEUR_BIND", "127.0.0.1");
        }
        if (!given.has(Setting.text("FACTEUR_HOSTNAME", "", ""))) {
            demo.put("FACTEUR_HOSTNAME", "mail.demo.test");
        }
        return given.with(demo);
    }

    private void demonstrate(PrintWriter out, Vertx vertx, Standalone standalone, DemoWorld world)
            throws DemoFailure, InterruptedException {
        Map<String, Integer> ports = standalone.ports();
        ApiClient api = new ApiClient("http://127.0.0.1:" + ports.get("admin"), standalone.token());
        api.put("/api/domains/demo.test", Map.of());
        for (String account : List.of(ALICE, BOB)) {
            api.put("/api/accounts/" + account, Map.of("password", PASSWORD));
        }
        out.printf("%nThe domain demo.test is here, with the accounts %s and %s.%n", ALICE, BOB);
        out.flush();
        int imap = ports.get("imap");
        // An account can be used as soon as every service has read it from the topic.
        await("the accounts were not ready", () -> mailIn(imap, "none") == 0);

        Set<String> known = ids(api);
        String first = "From outside " + System.nanoTime();
        await(
                "the message from outside was not accepted",
                () -> succeeds(() -> DemoMail.fromOutside(vertx, ports.get("smtp"), world, BOB, first)
                        .await()));
        await("the message from outside did not arrive", () -> mailIn(imap, first) == 1);
        show(
                out,
                api,
                known,
                "1. carol@outside.test wrote to " + BOB + ": signed, verified, read over IMAP.",
                "delivered");

        known = ids(api);
        String second = "From alice " + System.nanoTime();
        List<String> recipients = List.of(BOB, "carol@outside.test");
        await(
                "alice's message was not accepted",
                () -> succeeds(
                        () -> DemoMail.fromClient(vertx, ports.get("submission"), ALICE, PASSWORD, recipients, second)
                                .await()));
        await("alice's message did not arrive", () -> mailIn(imap, second) == 1);
        show(
                out,
                api,
                known,
                "2. " + ALICE + " wrote to bob and to carol@outside.test: signed, read here, sent there.",
                "sent");
    }

    private static void show(PrintWriter out, ApiClient api, Set<String> known, String title, String last)
            throws DemoFailure, InterruptedException {
        await("the journey did not get to \"" + last + "\"", () -> newest(api, known)
                .map(id -> didReach(journey(api, id), last) && didReach(journey(api, id), "delivered"))
                .orElse(false));
        out.printf("%n%s%n", title);
        TraceCommand.show(out, journey(api, newest(api, known).orElseThrow()));
        out.flush();
    }

    private static java.util.Optional<String> newest(ApiClient api, Set<String> known) {
        return ids(api).stream().filter(id -> !known.contains(id)).findFirst();
    }

    private static Set<String> ids(ApiClient api) {
        JsonNode found = api.get("/api/messages?address=" + ApiClient.encode(BOB));
        return StreamSupport.stream(found.spliterator(), false)
                .map(message -> message.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode journey(ApiClient api, String id) {
        return api.get("/api/messages/" + id);
    }

    private static boolean didReach(JsonNode journey, String what) {
        return StreamSupport.stream(journey.path("events").spliterator(), false)
                .anyMatch(event -> event.path("what").asText().equals(what));
    }

    private static int mailIn(int imap, String subject) {
        try {
            return DemoMail.count(imap, BOB, PASSWORD, "INBOX", subject);
        } catch (MessagingException e) {
            return -1;
        }
    }

    private static boolean succeeds(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void await(String failure, Callable<Boolean> condition) throws DemoFailure, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                if (System.nanoTime() > end) {
                    throw new DemoFailure(failure + ": " + e.getMessage());
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new DemoFailure(failure + " within " + PATIENCE.toSeconds() + " s");
    }

    private static void close(Vertx vertx, Standalone standalone, DemoWorld world) throws Exception {
        standalone.close();
        world.close();
        vertx.close().await();
    }
}
