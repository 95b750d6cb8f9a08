package org.facteur.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's rspamd and clamd as processes of this test, on free ports, each with a configuration and a directory of its own.
 * clamd knows one virus, the test file of EICAR; rspamd has no rules but its test patterns.
 */
final class ContentServers implements AutoCloseable {
    /** Harmless, and every scanner calls it a virus; in two parts, so that this file is none. */
    static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + "$H+H*";

    /** Where the programs stand; both are needed. */
    private static final Optional<Path> RSPAMD = program("rspamd");

    private static final Optional<Path> CLAMD = program("clamd");

    private final int rspamdPort;
    private final int clamdPort;
    private final Path directory = Files.createTempDirectory("facteur-content");
    private final List<Process> running = new ArrayList<>();

    ContentServers() throws IOException {
        try (ServerSocket one = free();
                ServerSocket two = free()) {
            rspamdPort = one.getLocalPort();
            clamdPort = two.getLocalPort();
        }
    }

    static boolean installed() {
        return RSPAMD.isPresent() && CLAMD.isPresent();
    }

    /** What tells the platform of them. */
    Map<String, String> settings() {
        return Map.of(
                "FACTEUR_RSPAMD", "http://127.0.0.1:" + rspamdPort,
                "FACTEUR_CLAMD", "127.0.0.1:" + clamdPort);
    }

    /** Starts both where they do not run, and waits until they answer. */
    void start() throws IOException {
        if (running.isEmpty()) {
            run(List.of(RSPAMD.orElseThrow().toString(), "-f", "-i", "-c", rspamdConfiguration()));
            run(List.of(CLAMD.orElseThrow().toString(), "-F", "-c", clamdConfiguration()));
        }
        World.eventually(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", clamdPort), 1000);
            }
            return URI.create("http://127.0.0.1:" + rspamdPort + "/ping")
                            .toURL()
                            .openStream()
                            .readAllBytes()
                            .length
                    > 0;
        });
    }

    /** Stops both; the ports stay theirs. */
    void stop() throws InterruptedException {
        running.forEach(Process::destroy);
        for (Process process : running) {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        running.clear();
    }

    private void run(List<String> command) throws IOException {
        running.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start());
    }

    private String rspamdConfiguration() throws IOException {
        return file("rspamd.conf", """
                options {
                  pidfile = "%1$s/rspamd.pid";
                  tempdir = "%1$s";
                  filters = "";
                  gtube_patterns = "all"; # later versions
                  enable_test_patterns = true; # 3.4
                  disable_hyperscan = true;
                  dns { nameserver = ["127.0.0.1:1"]; timeout = 1s; retransmits = 1; }
                }
                logging { type = "console"; level = "warning"; }
                worker "normal" { bind_socket = "127.0.0.1:%2$d"; count = 1; }
                actions { reject = 15; add_header = 6; greylist = 4; }
                """.formatted(directory, rspamdPort));
    }

    private String clamdConfiguration() throws IOException {
        Path database = Files.createDirectories(directory.resolve("db"));
        // any file (0) that has these octets anywhere (*)
        Files.writeString(
                database.resolve("own.ndb"),
                "Eicar-Test-Signature:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        return file("clamd.conf", """
                DatabaseDirectory %s
                TCPAddr 127.0.0.1
                TCPSocket %d
                StreamMaxLength 60M
                """.formatted(database, clamdPort));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
