package org.facteur.verifier.content;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * clamd of ClamAV, asked by its command INSTREAM (clamd(8)): the message in chunks, each behind its length in four octets, a
 * chunk of length zero at the end. The {@code z} before the command makes a NUL end the answer.
 */
public final class Clamd implements Scanner {
    static final String NAME = "clamd";

    private static final int CONNECT_MILLIS = 5000;
    private static final int LONGEST_ANSWER = 4096;
    private static final Buffer COMMAND = Buffer.buffer("zINSTREAM\0");
    private static final Buffer END = Buffer.buffer(new byte[4]);

    private final NetClient net;
    private final SocketAddress server;

    /** A client of one server. */
    public Clamd(Vertx vertx, SocketAddress server) {
        this.server = server;
        net = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<ScanResult> scan(ScannedMessage message, Duration limit) {
        Future<NetSocket> socket = net.connect(server);
        return socket.compose(open -> exchange(open, message.octets()))
                .timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
                .map(ClamdAnswer::read)
                .otherwise(cause -> ScanResult.error(NAME, Failure.reason(cause)))
                .onComplete(done -> socket.onSuccess(NetSocket::close));
    }

    private static Future<String> exchange(NetSocket socket, MessageOctets octets) {
        Promise<String> done = Promise.promise();
        Buffer answer = Buffer.buffer();
        socket.handler(piece -> {
            answer.appendBuffer(piece);
            if (piece.getByte(piece.length() - 1) == 0) {
                done.tryComplete(answer.getString(0, answer.length() - 1));
            } else if (answer.length() > LONGEST_ANSWER) {
                done.tryFail(new Failure("answer is too long"));
            }
        });
        socket.exceptionHandler(done::tryFail);
        socket.closeHandler(closed -> done.tryFail(new Failure("connection closed")));
        // what fails here closes the connection, and clamd may have answered before
        socket.write(COMMAND)
                .compose(sent -> octets.forEach(piece -> chunk(socket, piece)))
                .compose(sent -> socket.write(END))
                .onFailure(cause -> socket.close());
        return done.future();
    }

    private static Future<Void> chunk(NetSocket socket, Buffer piece) {
        if (piece.length() == 0) {
            return Future.succeededFuture(); // a length of zero would end the message
        }
        socket.write(Buffer.buffer(4).appendInt(piece.length()));
        return socket.write(piece);
    }
}
