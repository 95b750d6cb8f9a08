package org.facteur.platform.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection from a trusted proxy, until its PROXY header is read; whoever sends none in time is closed. */
final class ProxyArrival {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyArrival.class);
    private static final long TIMEOUT_MILLIS = 10_000;

    /** Goes on with a connection whose ends are known. */
    @FunctionalInterface
    interface Admission {

        /** Takes over the socket, and what was read of it behind the header. */
        void admit(NetSocketInternal socket, ProxyHeader.Ends ends, byte[] alreadyRead);
    }

    private final String listener;
    private final Vertx vertx;
    private final NetSocketInternal socket;
    private final ProxyHeader.Ends proxy;
    private final long timer;
    private Buffer read = Buffer.buffer();

    ProxyArrival(Vertx vertx, String listener, NetSocketInternal socket, ProxyHeader.Ends proxy) {
        this.vertx = vertx;
        this.listener = listener;
        this.socket = socket;
        this.proxy = proxy;
        this.timer = vertx.setTimer(TIMEOUT_MILLIS, any -> reject("no PROXY header in time"));
    }

    void read(Admission next) {
        socket.closeHandler(any -> vertx.cancelTimer(timer));
        socket.handler(buffer -> {
            read.appendBuffer(buffer);
            byte[] octets = read.getBytes();
            try {
                Optional<ProxyHeader> header = ProxyHeader.parse(octets, 0, octets.length);
                header.ifPresent(whole -> {
                    vertx.cancelTimer(timer);
                    byte[] rest = read.getBytes(whole.length(), octets.length);
                    next.admit(socket, whole.ends().orElse(proxy), rest);
                });
            } catch (ProxyHeader.MalformedException e) {
                reject(e.getMessage());
            }
        });
    }

    private void reject(String why) {
        LOG.warn("{}: {} from {}", listener, why, proxy.source());
        vertx.cancelTimer(timer);
        socket.handler(any -> {});
        socket.close();
    }
}
