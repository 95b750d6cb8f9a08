package org.facteur.backends;

/** An empty Kafka broker of one node for tests. Failures to start or stop are unchecked and name the reason. */
public interface TestKafka extends AutoCloseable {
    /** What clients set as {@code bootstrap.servers}; the same while the broker is stopped. */
    String bootstrapServers();

    /** Stops the broker in order; blocks until it is down. Its records stay; again is no failure. */
    void stop();

    /** Starts the broker again after {@link #stop()}, on the port that it had; blocks until it serves. */
    void start();

    /** Gives the broker back with all that it holds; nothing may use it any more. */
    @Override
    void close();
}
