package org.facteur.platform.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A listener of a line protocol. Made and used on an event loop; instances of one verticle that listen on the same port
 * share it, each serving its part of the connections.
 */
public final class LineServer {

    private final ListenerSettings settings;

    /**
     * A server that does not listen yet.
     *
     * @param tls certificate and key; empty makes {@link TlsMode#STARTTLS} listeners serve in the clear only, and is an
     *     error for {@link TlsMode#IMPLICIT}
     * @param counts shared by the instances that serve the same listener
     * @param sessions makes the session of a new connection
     */
    public LineServer(
            Vertx vertx,
            ListenerSettings settings,
            Optional<TlsIdentity> tls,
            ConnectionCounts counts,
            Function<Connection, Session> sessions) {
        this.settings = settings;
    }

    /** Binds; the future has the port, and fails with the listener's name and port in its message. */
    public Future<Integer> listen() {
        return Future.failedFuture(new UnsupportedOperationException(settings.name()));
    }

    /** How many connections of this instance are open. */
    public int connections() {
        return 0;
    }

    /**
     * Stops listening and ends the sessions: each is told {@link Ending#SHUTDOWN} as soon as it is between two commands.
     *
     * @param drain how long a command may still run before its connection is closed anyway
     */
    public Future<Void> close(Duration drain) {
        return Future.succeededFuture();
    }
}
