package org.facteur.standalone;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.facteur.admin.cli.ApiClient;
import org.facteur.platform.config.Environment;

/** The whole platform on free ports, with a DNS of its own and an outside world. */
final class World implements AutoCloseable {
    static final String PASSWORD = "correct-horse";

    final Vertx vertx = Vertx.vertx();
    final DemoWorld dns = new DemoWorld();
    final SmtpSink outside = new SmtpSink(vertx, "127.0.0.1");
    final Path data = Files.createTempDirectory("facteur-world");
    final Standalone standalone;
    final ApiClient api;

    World(Map<String, String> settings) throws Exception {
        outside.listen().await();
        standalone = Standalone.start(Environment.of(environment(data, dns, outside.port(), settings)));
        api = new ApiClient("http://127.0.0.1:" + port("admin"), standalone.token());
        api.put("/api/domains/demo.test", Map.of());
    }

    /** Free ports, loopback only. */
    static Map<String, String> environment(Path data, DemoWorld dns, int egress, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("SMTP", "SUBMISSION", "SUBMISSIONS", "IMAP", "IMAPS", "ADMIN", "METRICS")) {
            environment.put("FACTEUR_" + name + "_PORT", "0");
        }
        environment.put("FACTEUR_DATA", data.toString());
        environment.put("FACTEUR_BIND", "127.0.0.1");
        environment.put("FACTEUR_HOSTNAME", "mail.demo.test");
        environment.put("FACTEUR_DNS", dns.dns());
        environment.put("FACTEUR_EGRESS_PORT", Integer.toString(egress));
        environment.putAll(settings);
        return environment;
    }

    int port(String name) {
        return standalone.ports().get(name);
    }

    /** Adds an account and waits until it can receive mail and log in. */
    void account(String address) {
        api.put("/api/accounts/" + address, Map.of("password", PASSWORD));
        eventually(() -> DemoMail.count(port("imap"), address, PASSWORD, "INBOX", "none") == 0);
        eventually(() -> SmtpTalk.probe(port("smtp"), address).startsWith("250"));
    }

    int count(String account, String folder, String subject) throws Exception {
        return DemoMail.count(port("imap"), account, PASSWORD, folder, subject);
    }

    /** Waits until a condition holds; failures on the way count as not yet. */
    static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(condition);
    }

    @Override
    public void close() throws Exception {
        standalone.close();
        dns.close();
        vertx.close().await();
    }
}
