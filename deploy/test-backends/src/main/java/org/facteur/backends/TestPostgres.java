package org.facteur.backends;

/** A PostgreSQL server for tests. Failures to start or stop are unchecked and name the reason. */
public interface TestPostgres extends AutoCloseable {
    /** Name or address of the server. */
    String host();

    /** TCP port of the server; the same while it is stopped. */
    int port();

    /** Runs statements as the superuser in the database that is always there, each on its own. */
    void execute(String... statements);

    /** Stops the server as a crash would: no checkpoint; the next start recovers from the write-ahead log. */
    void crash();

    /** Starts the server again after {@link #crash()}, on the port that it had; blocks until it takes connections. */
    void start();

    /** Gives the server back with all that it holds; nothing may use it any more. */
    @Override
    void close();

    /** A URI for clients; user, password and database must need no escaping. */
    default String uri(String user, String password, String database) {
        return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host(), port(), database);
    }
}
