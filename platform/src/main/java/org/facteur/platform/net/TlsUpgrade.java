package org.facteur.platform.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * Puts TLS below a socket at once, on its event loop, so that no octet that arrives from then on is read in the clear.
 * (Vert.x's own upgrade resolves its options first and would take a ClientHello that is already there for data.)
 */
final class TlsUpgrade {

    private static final long HANDSHAKE_TIMEOUT_SECONDS = 15;

    private TlsUpgrade() {}

    /**
     * Starts the server's side of a handshake.
     *
     * @param read octets of the client that were read from the socket already and belong to TLS
     * @return complete on an event loop when the handshake is; failed with the connection closed
     */
    static Future<Tls> start(NetSocketInternal socket, SslContext context, byte[] read) {
        ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
        SslHandler handler = context.newHandler(pipeline.channel().alloc());
        handler.setHandshakeTimeout(HANDSHAKE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Promise<Tls> done = Promise.promise();
        handler.handshakeFuture().addListener(result -> {
            if (result.isSuccess()) {
                SSLSession session = handler.engine().getSession();
                done.tryComplete(new Tls(session.getProtocol(), session.getCipherSuite()));
            } else {
                done.tryFail(result.cause());
            }
        });
        pipeline.addFirst("ssl", handler);
        if (read.length > 0) {
            pipeline.fireChannelRead(Unpooled.wrappedBuffer(read));
            pipeline.fireChannelReadComplete();
        }
        return done.future();
    }
}
