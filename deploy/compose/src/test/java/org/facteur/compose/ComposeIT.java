package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.facteur.admin.cli.ApiClient;
import org.facteur.standalone.Inbox;
import org.facteur.standalone.SmtpTalk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compose file as an operator runs it: mail in and out, stages scaled, killed, stopped and restarted under load, its
 * dashboards and its webmail. One stack for all, so the order is that of the methods.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    private static final String ALICE = "alice@" + Outside.OURS;
    private static final String BOB = "bob@" + Outside.OURS;
    private static final String LOADED = "loaded@" + Outside.OURS;
    private static final String PASSWORD = "correct-horse";
    private static final int PER_SECOND = 10;

    @TempDir
    static Path scratch;

    private static Outside outside;
    private static ComposeStack stack;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        Engine.required();
        outside = new Outside(Engine.address());
        stack = new ComposeStack(
                scratch,
                Map.of(
                        "FACTEUR_HOSTNAME",
                        Outside.HOSTNAME,
                        "FACTEUR_DNS",
                        outside.dns(),
                        "FACTEUR_EGRESS_PORT",
                        Integer.toString(outside.port()),
                        "FACTEUR_CANARY",
                        "canary@" + Outside.OURS,
                        "FACTEUR_CANARY_EVERY",
                        "10s",
                        "COMPOSE_PROFILES",
                        System.getenv().getOrDefault("COMPOSE_PROFILES", "")));
        stack.images().forEach(Engine::required);
        Instant begin = Instant.now();
        stack.start();
        System.out.printf("compose: every container healthy after %d s%n", seconds(begin));
        outside.speaksFrom(stack.gateway());
        api = stack.api();
        api.put("/api/domains/" + Outside.OURS, Map.of());
        for (String account : List.of(ALICE, BOB, LOADED)) {
            api.put("/api/accounts/" + account, Map.of("password", PASSWORD));
            eventually(() -> subjects(account).isEmpty());
            eventually(() -> SmtpTalk.probe(stack.port("SMTP"), account).startsWith("250"));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (stack != null && stack.isStarted()) {
            stack.close();
        }
        if (outside != null) {
            outside.close();
        }
    }

    @Test
    @Order(1)
    void mailGoesInAndOutAndIsRead() throws Exception {
        assertThat(receive(BOB, "small", "Text")).startsWith("250 2.0.0 accepted as ");
        assertThat(receive(BOB, "large", "0123456789abcdef\r\n".repeat(100_000)))
                .startsWith("250"); // by the object store
        eventually(() -> subjects(BOB).keySet().containsAll(List.of("small", "large")));
        Submission.send(stack.port("SUBMISSION"), ALICE, PASSWORD, SmtpTalk.SENDER, "out");
        eventually(() -> outside.messages().stream()
                .anyMatch(message -> message.contains("Subject: out")
                        && message.contains("DKIM-Signature:")
                        && message.contains("RCPT TO:<" + SmtpTalk.SENDER + ">")));
        Submission.send(stack.port("SUBMISSION"), ALICE, PASSWORD, "dave@away.test", "waits");
        eventually(() -> api.get("/api/queue").toString().contains("dave@away.test"));
    }

    @Test
    @Order(2)
    void idleMemoryIsPrinted() {
        String memory = stack.memory();
        assertThat(memory.lines()).hasSizeGreaterThanOrEqualTo(ComposeStack.SERVICES.size() + 5);
        System.out.println("compose: memory, idle");
        System.out.println(memory);
    }

    @Test
    @Order(3)
    void stagesScaleAndDieUnderLoad() throws Exception {
        try (MailboxWatch watch = MailboxWatch.start(stack.port("IMAP"), LOADED, PASSWORD)) {
            SteadyLoad load = SteadyLoad.start(stack.port("SMTP"), LOADED, "scale", PER_SECOND);
            stack.scale("auth-verifier", 3);
            deliveredAnew(watch);
            stack.scale("auth-verifier", 1);
            deliveredAnew(watch);
            Map<String, Integer> calm = load.failures();
            for (String victim : List.of("mailbox-store", "auth-verifier", "kafka")) {
                stack.kill(victim);
                acceptedOrRefusedAnew(load);
                stack.startAgain(victim);
                stack.awaitHealthy();
                deliveredAnew(watch);
            }
            load.finish();
            report("three verifiers and one again; mailbox-store, auth-verifier and Kafka killed", load, watch);
            assertThat(calm).as("failures while only verifiers came and went").isEmpty();
            assertThat(load.unconnected()).as("connections refused").isZero();
            assertThat(load.failures().keySet()).allMatch(failure -> failure.startsWith("451 4.3."));
        }
    }

    @Test
    @Order(4)
    void withoutVerifiersMailIsAccepted() throws Exception {
        stack.docker("stop", stack.containers("auth-verifier").get(0));
        Instant begin = Instant.now();
        List<Duration> waits = new ArrayList<>();
        Map<String, Instant> accepted = new HashMap<>();
        while (seconds(begin) < 60) {
            Instant sent = Instant.now();
            String subject = "unverified-" + waits.size();
            assertThat(receive(LOADED, subject, "Text")).startsWith("250");
            accepted.put(subject, Instant.now());
            waits.add(Duration.between(sent, Instant.now()));
        }
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(22)) < 0);
        stack.startAgain("auth-verifier");
        stack.awaitHealthy();
        eventually(() -> subjects(LOADED).keySet().containsAll(accepted.keySet()));
        assertThat(subjects(LOADED))
                .allSatisfy((subject, count) -> assertThat(count).as(subject).isEqualTo(1));
        System.out.printf(
                "compose: no verifier for %d s: %d messages accepted, each within %.1f s at most, all delivered since%n",
                seconds(begin),
                waits.size(),
                waits.stream().max(Duration::compareTo).orElseThrow().toMillis() / 1000.0);
    }

    @Test
    @Order(5)
    void everyServiceRestartsUnderLoad() throws Exception {
        try (MailboxWatch watch = MailboxWatch.start(stack.port("IMAP"), LOADED, PASSWORD)) {
            SteadyLoad load = SteadyLoad.start(stack.port("SMTP"), LOADED, "rolling", PER_SECOND);
            for (String service : ComposeStack.SERVICES) {
                stack.compose("restart", service);
                stack.awaitHealthy();
                deliveredAnew(watch);
            }
            load.finish();
            report("every service restarted, one after the other", load, watch);
            assertThat(watch.connections()).as("the mail client came back").isGreaterThan(1);
        }
    }

    @Test
    @Order(6)
    void dashboardsShowData() {
        // panels of rates want two readings of every counter, the canary has to have been round
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(Dashboards.check(URI.create(stack.prometheus())).stream()
                                .filter(expression -> !expression.good()))
                        .isEmpty());
    }

    @Test
    @Order(7)
    void webmailReadsAndAnswers() throws Exception {
        assumeTrue(Chromium.isInstalled(), "needs Chromium and its driver (Debian: chromium, chromium-driver)");
        Submission.send(stack.port("SUBMISSION"), ALICE, PASSWORD, BOB, "A question");
        eventually(() -> subjects(BOB).containsKey("A question"));
        Path screenshots = Files.createDirectories(Path.of("target", "screenshots"));
        new WebmailBrowser(URI.create("https://127.0.0.1:" + stack.port("HTTPS")), screenshots)
                .answer(BOB, PASSWORD, "A question", "An answer");
        eventually(() -> subjects(ALICE).containsKey("Re: A question"));
    }

    /** Waits until everything that was accepted has come, checks that it came once, prints the worst delay. */
    private static void report(String what, SteadyLoad load, MailboxWatch watch) throws MessagingException {
        Map<String, Instant> accepted = load.accepted();
        eventually(() -> watch.seen().keySet().containsAll(accepted.keySet()));
        Map<String, Integer> found = subjects(LOADED);
        assertThat(found.keySet()).containsAll(accepted.keySet());
        assertThat(found)
                .allSatisfy((subject, count) -> assertThat(count).as(subject).isEqualTo(1));
        System.out.printf(
                "compose: %s: %d messages accepted, all delivered once, worst delay %.1f s; not accepted: %s%n",
                what, accepted.size(), watch.worstDelay(accepted).toMillis() / 1000.0, load.failures());
    }

    /** Waits until mail that was not there before is there. */
    private static void deliveredAnew(MailboxWatch watch) {
        int before = watch.seen().size();
        eventually(() -> watch.seen().size() > before);
    }

    /** Waits until the load goes on without the victim, whatever it gets. */
    private static void acceptedOrRefusedAnew(SteadyLoad load) {
        int before = ends(load);
        eventually(() -> ends(load) >= before + 5 * PER_SECOND);
    }

    private static int ends(SteadyLoad load) {
        return load.accepted().size()
                + load.failures().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String receive(String to, String subject, String text) throws IOException {
        try (SmtpTalk client = new SmtpTalk(stack.port("SMTP"))) {
            return client.send(SmtpTalk.SENDER, to, SmtpTalk.message(to, subject, text));
        }
    }

    private static Map<String, Integer> subjects(String account) throws MessagingException {
        return Inbox.subjects(stack.port("IMAP"), account, PASSWORD);
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }

    /** Waits until a condition holds; failures on the way count as not yet. */
    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(condition);
    }
}
