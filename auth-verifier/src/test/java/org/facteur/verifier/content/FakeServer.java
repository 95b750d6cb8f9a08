package org.facteur.verifier.content;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A server that takes what a client says until it is complete, then does as the test says. */
final class FakeServer implements AutoCloseable {
    final List<Buffer> taken = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Listens on a free port. */
    FakeServer(Vertx vertx, Function<Buffer, Optional<Buffer>> complete, BiConsumer<NetSocket, Buffer> then) {
        this(vertx, SocketAddress.inetSocketAddress(0, "127.0.0.1"), complete, then);
    }

    /**
     * Listens there.
     *
     * @param complete what a client said, once it is all there
     * @param then what follows
     */
    FakeServer(
            Vertx vertx,
            SocketAddress address,
            Function<Buffer, Optional<Buffer>> complete,
            BiConsumer<NetSocket, Buffer> then) {
        server = vertx.createNetServer()
                .connectHandler(socket -> {
                    Buffer said = Buffer.buffer();
                    socket.exceptionHandler(broken -> {});
                    socket.closeHandler(end -> closed.complete(null));
                    socket.handler(piece -> {
                        said.appendBuffer(piece);
                        complete.apply(said).ifPresent(message -> {
                            taken.add(message);
                            then.accept(socket, message);
                        });
                    });
                })
                .listen(address)
                .await();
    }

    int port() {
        return server.actualPort();
    }

    /** Completes when a client has gone. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public void close() {
        server.close().await();
    }
}
