package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.admin.cli.ApiClient;
import org.junit.jupiter.api.Test;

/** SIGKILL in the middle of 2,000 incoming messages: every message that got a 250 is in its mailbox exactly once. */
class KillIT {
    private static final int MESSAGES = 2000;
    private static final String READER = "reader@demo.test";

    private final Path data = createDirectory();
    private final Map<String, Integer> ports = new HashMap<>();

    @Test
    void survivesSigkill() throws Exception {
        for (String name : List.of("SMTP", "SUBMISSION", "SUBMISSIONS", "IMAP", "IMAPS", "ADMIN", "METRICS")) {
            ports.put(name, freePort());
        }
        try (DemoWorld dns = new DemoWorld()) {
            Process first = start(dns);
            ready(first);
            ApiClient api = new ApiClient(
                    "http://127.0.0.1:" + ports.get("ADMIN"),
                    Files.readString(data.resolve("admin-token")).strip());
            api.put("/api/domains/demo.test", Map.of());
            api.put("/api/accounts/" + READER, Map.of("password", World.PASSWORD));
            World.eventually(() -> SmtpTalk.probe(ports.get("SMTP"), READER).startsWith("250"));
            Load load = Load.start(ports.get("SMTP"), READER, "kill", MESSAGES, 20);
            World.eventually(() -> load.accepted().size() > MESSAGES / 4);
            first.destroyForcibly().waitFor();
            int before = load.accepted().size();
            load.finish();
            assertThat(before).isLessThan(MESSAGES);

            Process second = start(dns);
            try {
                ready(second);
                Load rest = Load.start(ports.get("SMTP"), READER, "rest", MESSAGES - before, 20)
                        .finish();
                assertThat(rest.refusals()).isEmpty();
                World.eventually(() -> found().keySet().stream()
                                .filter(subject -> subject.startsWith("rest-"))
                                .count()
                        == MESSAGES - before);
                Map<String, Integer> found = found();
                for (int n : load.accepted()) {
                    assertThat(found).as("message %d got a 250", n).containsEntry("kill-" + n, 1);
                }
                assertThat(found.values()).containsOnly(1);
            } finally {
                second.destroy();
                assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isZero();
            }
        }
    }

    private Map<String, Integer> found() throws Exception {
        return Inbox.subjects(ports.get("IMAP"), READER, World.PASSWORD);
    }

    private Process start(DemoWorld dns) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.facteur.standalone.Facteur",
                "up");
        builder.environment().keySet().removeIf(name -> name.startsWith("FACTEUR_"));
        builder.environment().putAll(World.environment(data, dns, 1, Map.of()));
        ports.forEach((name, port) -> builder.environment().put("FACTEUR_" + name + "_PORT", Integer.toString(port)));
        File log = data.resolveSibling(data.getFileName() + ".log").toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void ready(Process process) {
        World.eventually(() -> {
            assertThat(process.isAlive()).isTrue();
            return SmtpTalk.probe(ports.get("SMTP"), "nobody@nowhere.test").startsWith("550");
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("facteur-kill");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
