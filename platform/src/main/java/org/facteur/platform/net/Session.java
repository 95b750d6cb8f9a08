package org.facteur.platform.net;

import io.vertx.core.Future;

/**
 * What a protocol does with one connection. Every method is called on the connection's context, and only one of
 * {@link #opened}, {@link #line}, {@link #malformed} and {@link #ending} runs at a time: the next one is called when the
 * future of the previous one is complete. A future that fails (or a method that throws) is logged and closes the
 * connection.
 */
public interface Session {

    /** The connection is ready, TLS included where it is implicit: the place of the greeting. */
    Future<Void> opened();

    /** One line without its end. */
    Future<Void> line(Line line);

    /** A line that breaks the rules was skipped. */
    Future<Void> malformed(MalformedLine why);

    /** The server is about to close the connection: the place of last words. It closes when the future is complete. */
    Future<Void> ending(Ending why);

    /** The connection is gone, whoever closed it: the place to give things back. Called exactly once. */
    void closed();
}
