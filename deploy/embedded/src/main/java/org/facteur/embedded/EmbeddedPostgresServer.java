package org.facteur.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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

    private final Path dir;
    private final Path data;
    private final EmbeddedPostgresSettings settings;
    private final PostgresProgram program;
    private String password = "";
    private int port;
    private FileChannel lock;
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
        lock = lock();
        try {
            initialize();
            stopLeftBehind();
            if (port != 0) {
                startOn(port);
            } else {
                startOnFreePort();
            }
            running = true;
        } finally {
            if (!running) lock.close();
        }
        LOG.info("PostgreSQL on 127.0.0.1:{} after {} ms", port, (System.nanoTime() - begun) / 1_000_000);
    }

    /** Held while the server runs: whoever has it knows that a live server was left behind, not in use. */
    private FileChannel lock() throws IOException {
        var channel = FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is in use in this JVM", dir, e);
        }
        channel.close();
        throw new IOException(dir + " is in use by another PostgreSQL of ours");
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
                            PostgresParameters.options(dir, candidate, settings.parameters())));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (see " + log + ")", e);
        }
    }

    /** Makes the database cluster at the first start: complete under its name, or not there at all. */
    private void initialize() throws IOException {
        var passwordFile = dir.resolve("superuser-password");
        if (!Files.exists(data)) {
            var unfinished = dir.resolve("data.unfinished");
            Directories.delete(unfinished);
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, secret());
            var arguments = new ArrayList<>(List.of("-D", unfinished.toString(), "-U", SUPERUSER));
            arguments.addAll(List.of("-E", "UTF8", "-A", "scram-sha-256", "--pwfile=" + passwordFile));
            arguments.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            if ("off".equals(settings.parameters().get("fsync"))) arguments.add("--no-sync");
            program.run("initdb", arguments);
            Files.move(unfinished, data);
        }
        if (!Files.exists(passwordFile)) throw new IOException(dir + " has lost " + passwordFile.getFileName());
        password = Files.readString(passwordFile).strip();
    }

    private static String secret() {
        var octets = new byte[24];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private void stopLeftBehind() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        if (Postmaster.of(pidFile, data).isEmpty()) return;
        LOG.info("stopping the PostgreSQL that an earlier run left in {}", data);
        halt("fast");
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
        lock.close();
    }

    /** Stops the server as a crash would: no checkpoint; the next start recovers from the write-ahead log. */
    public synchronized void crash() throws IOException {
        if (!running) return;
        halt("immediate");
        running = false;
        lock.close();
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() throws IOException {
        stop();
    }
}
