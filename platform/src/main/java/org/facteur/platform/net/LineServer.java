package org.facteur.platform.net;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener of a line protocol. Made and used on an event loop; instances of one verticle that listen on the same port
 * share it, each serving its part of the connections.
 */
public final class LineServer {

    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);

    private final Vertx vertx;
    private final ListenerSettings settings;
    private final Optional<TlsIdentity> tls;
    private final ConnectionCounts counts;
    private final Function<Connection, Session> sessions;
    private final NetServer server;
    private final Set<SocketConnection> open = new HashSet<>();
    private final Promise<Void> empty = Promise.promise();
    private Optional<Context> context = Optional.empty();
    private OptionalLong timer = OptionalLong.empty();
    private boolean closing;

    /**
     * A server that does not listen yet.
     *
     * @param tls certificate and key; empty makes {@link TlsMode#STARTTLS} listeners serve in the clear only, and is an
     *     error for {@link TlsMode#IMPLICIT}
     * @param counts shared by the instances that serve the same listener, and by no other listener
     * @param sessions makes the session of a new connection
     */
    public LineServer(
            Vertx vertx,
            ListenerSettings settings,
            Optional<TlsIdentity> tls,
            ConnectionCounts counts,
            Function<Connection, Session> sessions) {
        if (settings.tls() == TlsMode.IMPLICIT && tls.isEmpty()) {
            throw new IllegalArgumentException(settings.name() + " needs a certificate");
        }
        this.vertx = vertx;
        this.settings = settings;
        this.tls = tls;
        this.counts = counts;
        this.sessions = sessions;
        this.server = vertx.createNetServer(
                new NetServerOptions().setTcpNoDelay(true).setReuseAddress(true).setAcceptBacklog(1024));
        server.connectHandler(this::accept);
    }

    /** Binds; the future has the port, and fails with the listener's name and port in its message. */
    public Future<Integer> listen() {
        context = Optional.of(vertx.getOrCreateContext());
        // Vert.x shares a random port among those who ask for the same negative one
        int port = settings.port() == 0 ? -counts.serial() : settings.port();
        return server.listen(port, settings.host())
                .map(bound -> {
                    timer = OptionalLong.of(vertx.setPeriodic(tick().toMillis(), any -> check()));
                    return bound.actualPort();
                })
                .recover(cause -> Future.failedFuture(new IOException(
                        "%s cannot listen on %s port %d: %s"
                                .formatted(settings.name(), settings.host(), settings.port(), cause.getMessage()),
                        cause)));
    }

    /** The port that is listened on, once {@link #listen} is complete. */
    public int port() {
        return server.actualPort();
    }

    /** How many connections of this instance are open. */
    public int connections() {
        return open.size();
    }

    /** Times are looked at so often: a tenth of the shortest, between 10 ms and one second. */
    private Duration tick() {
        Duration idle = settings.limits().idle();
        Duration session = settings.limits().session();
        long millis = (idle.compareTo(session) < 0 ? idle : session).toMillis() / 10;
        return Duration.ofMillis(Math.max(10, Math.min(1000, millis)));
    }

    private void check() {
        long now = System.nanoTime();
        List.copyOf(open).forEach(connection -> connection.check(now));
    }

    private void accept(NetSocket accepted) {
        NetSocketInternal socket = (NetSocketInternal) accepted;
        ProxyHeader.Ends ends = new ProxyHeader.Ends(
                (InetSocketAddress) socket.channelHandlerContext().channel().remoteAddress(),
                (InetSocketAddress) socket.channelHandlerContext().channel().localAddress());
        if (settings.proxyFrom().stream()
                .anyMatch(network -> network.contains(ends.source().getAddress()))) {
            new ProxyArrival(vertx, settings.name(), socket, ends).read(this::admit);
        } else {
            admit(socket, ends, new byte[0]);
        }
    }

    private void admit(NetSocketInternal socket, ProxyHeader.Ends ends, byte[] alreadyRead) {
        if (closing || !counts.acquire(ends.source().getAddress(), settings.limits())) {
            refuse(socket, ends);
            return;
        }
        SocketConnection connection = new SocketConnection(context.orElseThrow(), socket, ends, settings, tls);
        open.add(connection);
        socket.closeHandler(any -> {
            counts.release(ends.source().getAddress());
            open.remove(connection);
            connection.closed();
            if (closing && open.isEmpty()) {
                empty.tryComplete();
            }
        });
        connection.open(alreadyRead, sessions);
    }

    private void refuse(NetSocketInternal socket, ProxyHeader.Ends ends) {
        LOG.debug("{}: too many connections, {} is refused", settings.name(), ends.source());
        if (settings.tls() != TlsMode.IMPLICIT && !settings.refusal().isEmpty()) {
            socket.write(settings.refusal() + "\r\n");
        }
        socket.close();
    }

    /**
     * Stops listening and ends the sessions: each is told {@link Ending#SHUTDOWN} as soon as it is between two commands.
     *
     * @param drain how long a command may still run before its connection is closed anyway
     */
    public Future<Void> close(Duration drain) {
        if (context.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        context.get().runOnContext(any -> drain(drain).onComplete(done));
        return done.future();
    }

    private Future<Void> drain(Duration drain) {
        closing = true;
        List.copyOf(open).forEach(connection -> connection.end(Ending.SHUTDOWN));
        if (open.isEmpty()) {
            empty.tryComplete();
        }
        long abort = vertx.setTimer(
                Math.max(1, drain.toMillis()), any -> List.copyOf(open).forEach(SocketConnection::abort));
        return empty.future()
                .onComplete(any -> {
                    vertx.cancelTimer(abort);
                    timer.ifPresent(vertx::cancelTimer);
                })
                .compose(any -> server.close());
    }
}
