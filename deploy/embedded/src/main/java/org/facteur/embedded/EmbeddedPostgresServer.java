package org.facteur.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 17 server beside this JVM, listening on 127.0.0.1 only; every role needs its password (SCRAM). Its
 * directory holds {@code data}, {@code superuser-password} (mode 0600), {@code server.log} and, unless told otherwise,
 * the unpacked programs. A server left behind by a JVM that was killed is stopped before the next one starts.
 * {@link #stop()} and {@link #start()} keep the port.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    /** The name of the superuser, and of the database that is always there. */
    public static final String SUPERUSER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final int ATTEMPTS = 3;
    private static final int MAX_SOCKET_DIRECTORY = 85;

    private final Path dir;
    private final Path data;
    private final EmbeddedPostgresSettings settings;
    private final PostgresProgram program;
    private String password = "";
    private int port;
    private boolean running;

    private EmbeddedPostgresServer(Path dir, EmbeddedPostgresSettings settings, Path home) {
        this.dir = dir;
        this.data = dir.resolve("data");
        this.settings = settings;
        this.program = new PostgresProgram(home, dir.resolve("program.log"));
        this.port = settings.port();
    }

    /**
     * Starts a server on a directory, new or used before, with the programs unpacked in the same directory; blocks
     * until it takes connections.
     *
     * @throws IOException when the port is in use, or with the last words of the program that failed
     */
    public static EmbeddedPostgresServer start(Path dir, EmbeddedPostgresSettings settings) throws IOException {
        return start(dir, settings, dir.resolve("programs"));
    }

    /** The same with the programs unpacked below {@code programs}, which several servers may share. */
    public static EmbeddedPostgresServer start(Path dir, EmbeddedPostgresSettings settings, Path programs)
            throws IOException {
        var absolute = Files.createDirectories(dir).toRealPath();
        var home = PostgresBinaries.in(programs.toAbsolutePath().normalize());
        var server = new EmbeddedPostgresServer(absolute, settings, home);
        server.start();
        return server;
    }

    /** Starts the server again after {@link #stop()}, on the port that it had; a running server is left as it is. */
    public synchronized void start() throws IOException {
        if (running) return;
        long begun = System.nanoTime();
        initialize();
        stopLeftBehind();
        if (port != 0) {
            startOn(port);
        } else {
            startOnFreePort();
        }
        running = true;
        LOG.info("PostgreSQL on 127.0.0.1:{} after {} ms", port, (System.nanoTime() - begun) / 1_000_000);
    }

    private void startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int candidate = Ports.free();
            try {
                startOn(candidate);
                port = candidate;
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) throw e;
                LOG.info("PostgreSQL did not start on port {}, trying another: {}", candidate, e.toString());
            }
        }
    }

    private void startOn(int candidate) throws IOException {
        Ports.requireFree(candidate);
        var log = dir.resolve("server.log");
        try {
            program.run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "-w",
                            "-t",
                            "60",
                            "-D",
                            data.toString(),
                            "-l",
                            log.toString(),
                            "-o",
                            options(candidate)));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (see " + log + ")", e);
        }
    }

    /** Makes the database cluster at the first start; what an interrupted first start left is thrown away. */
    private void initialize() throws IOException {
        var passwordFile = dir.resolve("superuser-password");
        if (!Files.exists(data.resolve("PG_VERSION")) || !Files.exists(passwordFile)) {
            if (Files.exists(dir.resolve("initialized"))) {
                throw new IOException(dir + " has lost " + passwordFile.getFileName() + " or its data");
            }
            Directories.delete(data);
            Files.deleteIfExists(passwordFile);
            var secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
            program.run(
                    "initdb",
                    List.of(
                            "-D",
                            data.toString(),
                            "-U",
                            SUPERUSER,
                            "-E",
                            "UTF8",
                            "-A",
                            "scram-sha-256",
                            "--pwfile=" + passwordFile,
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"));
            Files.createFile(dir.resolve("initialized"));
        }
        password = Files.readString(passwordFile).strip();
    }

    private void stopLeftBehind() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        if (Postmaster.of(pidFile, data).isEmpty()) return;
        LOG.info("stopping the PostgreSQL that an earlier run left in {}", data);
        halt("fast");
    }

    private String options(int candidate) {
        var parameters = new LinkedHashMap<>(PostgresParameters.BUILT_IN);
        var sockets = dir.resolve("run");
        parameters.put("unix_socket_directories", "");
        if (sockets.toString().length() <= MAX_SOCKET_DIRECTORY
                && !sockets.toString().contains(" ")) {
            sockets.toFile().mkdirs();
            parameters.put("unix_socket_directories", sockets.toString());
        }
        parameters.putAll(settings.parameters());
        parameters.put("listen_addresses", "127.0.0.1");
        parameters.put("port", Integer.toString(candidate));
        return parameters.entrySet().stream()
                .map(p -> "-c " + p.getKey() + "='" + p.getValue().replace("'", "") + "'")
                .collect(Collectors.joining(" "));
    }

    private void halt(String mode) throws IOException {
        program.run("pg_ctl", List.of("stop", "-w", "-t", "60", "-D", data.toString(), "-m", mode));
    }

    /** The TCP port; the same while the server is stopped. */
    public synchronized int port() {
        return port;
    }

    /** The superuser's password, as kept in the directory. */
    public synchronized String superuserPassword() {
        return password;
    }

    /** A URI for clients: {@code postgresql://user:password@127.0.0.1:port/database}; names must need no escaping. */
    public String uri(String user, String password, String database) {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port(), database);
    }

    /** The superuser's URI of a database. */
    public String superuserUri(String database) {
        return uri(SUPERUSER, superuserPassword(), database);
    }

    /** The JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    /** Runs one or more statements, each on its own, as the superuser. */
    public void execute(String database, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl(database), SUPERUSER, superuserPassword());
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    /** Stops the server at once and cleanly: clients are disconnected, open transactions rolled back. */
    public synchronized void stop() throws IOException {
        if (!running) return;
        halt("fast");
        running = false;
    }

    /** Stops the server as a crash would: no checkpoint; the next start recovers from the write-ahead log. */
    public synchronized void crash() throws IOException {
        if (!running) return;
        halt("immediate");
        running = false;
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() throws IOException {
        stop();
    }

    /** Built-in server parameters, for a mail store on a small machine. */
    private static final class PostgresParameters {
        static final Map<String, String> BUILT_IN = Map.ofEntries(
                Map.entry("shared_buffers", "80MB"),
                Map.entry("max_connections", "60"),
                Map.entry("wal_level", "minimal"),
                Map.entry("max_wal_senders", "0"),
                Map.entry("autovacuum", "on"),
                Map.entry("jit", "off"),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("wal_compression", "on"),
                Map.entry("checkpoint_timeout", "15min"),
                Map.entry("max_wal_size", "1GB"),
                Map.entry("commit_delay", "0"),
                Map.entry("huge_pages", "off"),
                Map.entry("password_encryption", "scram-sha-256"));

        private PostgresParameters() {}
    }
}
