package org.facteur.backends;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kafka and PostgreSQL for all test classes of this JVM, started when first asked for and gone, with all that they
 * hold, when the JVM ends. Records and rows survive no power cut here. Which kind they are is decided once, by
 * {@link Choice}.
 */
public final class TestBackends {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static TestKafka kafka;
    private static TestPostgres postgres;

    private TestBackends() {}

    /** The source of this JVM, made at its first use. */
    private static final class Chosen {
        static final BackendSource SOURCE = Choice.ofThisRun().source();
    }

    /** The broker that all classes share: take topic names nobody else takes, and do not stop it. */
    public static synchronized TestKafka kafka() {
        if (kafka == null) kafka = freshKafka();
        return kafka;
    }

    /** A broker of the caller's own, empty, for fixed topic names or for stopping it; the caller closes it. */
    public static TestKafka freshKafka() {
        return Chosen.SOURCE.kafka();
    }

    /** The server that all classes share; do not stop it. */
    public static synchronized TestPostgres postgres() {
        if (postgres == null) postgres = freshPostgres();
        return postgres;
    }

    /** A server of the caller's own, for roles with fixed names or for stopping it; the caller closes it. */
    public static TestPostgres freshPostgres() {
        return Chosen.SOURCE.postgres();
    }

    /** An empty database in the shared server, with an owner who may create roles. */
    public static Database freshDatabase() {
        return freshDatabase(postgres());
    }

    /** An empty database in this server, with an owner who may create roles. */
    static Database freshDatabase(TestPostgres server) {
        var name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        server.execute(
                "CREATE ROLE " + name + " LOGIN CREATEROLE PASSWORD '" + name + "'",
                "CREATE DATABASE " + name + " OWNER " + name);
        return new Database(server.host(), server.port(), name, name, name);
    }
}
