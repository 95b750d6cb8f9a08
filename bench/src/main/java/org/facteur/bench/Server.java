package org.facteur.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server under measurement: `facteur up` as a process of its own, on a scratch directory and free ports. */
final class Server implements AutoCloseable {
    private static final int START_SECONDS = 120;

    private final Process process;
    private final Path data;
    private final Map<String, Integer> ports = new HashMap<>();

    private Server(Process process, Path data, Map<String, Integer> ports) {
        this.process = process;
        this.data = data;
        this.ports.putAll(ports);
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param command the facteur script
     * @param data its empty directory
     * @param dns the name server, host:port
     */
    static Server start(Path command, Path data, String dns) throws IOException, InterruptedException {
        Map<String, Integer> ports = new HashMap<>();
        ProcessBuilder builder = new ProcessBuilder(command.toString(), "up");
        for (String name : List.of("SMTP", "SUBMISSION", "SUBMISSIONS", "IMAP", "IMAPS", "ADMIN", "METRICS")) {
            int port = freePort();
            ports.put(name, port);
            builder.environment().put("FACTEUR_" + name + "_PORT", Integer.toString(port));
        }
        builder.environment().put("FACTEUR_DATA", data.toString());
        builder.environment().put("FACTEUR_BIND", "127.0.0.1");
        builder.environment().put("FACTEUR_HOSTNAME", "mail.bench.test");
        builder.environment().put("FACTEUR_DNS", dns);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Server server = new Server(process, data, ports);
        for (int i = 0; i < START_SECONDS * 10; i++) {
            if (!process.isAlive()) {
                throw new IOException("the server ended: " + Files.readString(log));
            }
            if (Scrape.isReady(server.port("METRICS"))) {
                return server;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        server.close();
        throw new IOException("the server is not ready after " + START_SECONDS + " s: " + Files.readString(log));
    }

    int port(String name) {
        return ports.get(name);
    }

    /** The API's bearer token. */
    String token() throws IOException {
        return Files.readString(data.resolve("admin-token")).strip();
    }

    double processorSeconds() {
        return ProcessUse.processorSeconds(roots());
    }

    long residentBytes() {
        return ProcessUse.residentBytes(roots());
    }

    /** The process itself and PostgreSQL, which is no child of it any more. */
    private List<Long> roots() {
        List<Long> roots = new ArrayList<>(List.of(process.pid()));
        try (var files = Files.find(data, 4, (path, about) -> path.endsWith("postmaster.pid"))) {
            for (Path file : files.toList()) {
                roots.add(Long.valueOf(Files.readAllLines(file).get(0).strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return roots;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
