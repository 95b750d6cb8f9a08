package org.facteur.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka and one PostgreSQL for all test classes of this JVM, each started when first asked for and stopped, with
 * its files deleted, when the JVM ends. Records and rows survive no power cut here: these are for tests.
 */
public final class EmbeddedBackends {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBackends.class);
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Object LOCK = new Object();

    private static Path scratch;
    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;

    private EmbeddedBackends() {}

    /** The broker that all classes share: take topic names nobody else takes, and do not stop it. */
    public static EmbeddedKafka kafka() {
        synchronized (LOCK) {
            if (kafka == null) kafka = freshKafka();
            return kafka;
        }
    }

    /** A broker of the caller's own, empty, for fixed topic names or for stopping it; the caller closes it. */
    public static EmbeddedKafka freshKafka() {
        try {
            return EmbeddedKafka.start(fresh("kafka"), EmbeddedKafkaSettings.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that all classes share; do not stop it. */
    public static EmbeddedPostgresServer postgres() {
        synchronized (LOCK) {
            if (postgres == null) postgres = freshPostgres();
            return postgres;
        }
    }

    /** A server of the caller's own, for stopping it; the caller closes it. */
    public static EmbeddedPostgresServer freshPostgres() {
        try {
            return EmbeddedPostgresServer.start(fresh("postgres"), EmbeddedPostgresSettings.forTests(), programs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database in the shared server, with an owner who may create roles. */
    public static Database freshDatabase() {
        return freshDatabase(postgres());
    }

    /** An empty database in this server, with an owner who may create roles. */
    public static Database freshDatabase(EmbeddedPostgresServer server) {
        var name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
        try {
            server.execute(
                    EmbeddedPostgresServer.SUPERUSER,
                    "CREATE ROLE " + name + " LOGIN CREATEROLE PASSWORD '" + name + "'",
                    "CREATE DATABASE " + name + " OWNER " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return new Database("127.0.0.1", server.port(), name, name, name);
    }

    private static Path fresh(String kind) throws IOException {
        synchronized (LOCK) {
            if (scratch == null) {
                scratch = Files.createTempDirectory("facteur-test-");
                Runtime.getRuntime().addShutdownHook(new Thread(EmbeddedBackends::stop, "stop-backends"));
            }
            return Files.createDirectories(scratch.resolve(kind + "-" + COUNTER.incrementAndGet()));
        }
    }

    /** Unpacking takes two seconds: kept between test runs where the user has a cache. */
    private static Path programs() throws IOException {
        var cache = Path.of(System.getProperty("user.home"), ".cache", "facteur");
        try {
            return Files.createDirectories(cache);
        } catch (IOException e) {
            return fresh("programs");
        }
    }

    private static void stop() {
        synchronized (LOCK) {
            try {
                if (kafka != null) kafka.stop();
                if (postgres != null) postgres.stop();
                Directories.delete(scratch);
            } catch (IOException e) {
                LOG.warn("test backends did not stop cleanly", e);
            }
        }
    }
}
