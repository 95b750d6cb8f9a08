package org.facteur.verifier.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every scanner makes of a server that fails. */
abstract class ScannerContract {
    final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Samples.await(vertx.close());
    }

    /** One that asks a server on this machine. */
    abstract Scanner scanner(int port);

    /** The message in what it says to a server, once it is all there. */
    abstract Optional<Buffer> message(Buffer said);

    /** The result where the server does that. */
    final ScanResult scan(BiConsumer<NetSocket, Buffer> then) {
        try (FakeServer server = new FakeServer(vertx, this::message, then)) {
            return Samples.await(scanner(server.port()).scan(Samples.message(), Samples.LIMIT));
        }
    }

    private ScanResult error(String reason) {
        return ScanResult.error(scanner(1).name(), reason);
    }

    @Test
    void closedConnectionsAreErrors() {
        assertThat(scan((socket, said) -> socket.close())).isEqualTo(error("connection closed"));
    }

    @Test
    void silenceEndsInTimeAndLeavesNoConnection() throws Exception {
        try (FakeServer silent = new FakeServer(vertx, this::message, (socket, said) -> {})) {
            ScanResult result = Samples.await(scanner(silent.port()).scan(Samples.message(), Duration.ofMillis(200)));
            assertThat(result).isEqualTo(error("no answer in time"));
            silent.closed().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void noServerIsAnError() {
        FakeServer gone = new FakeServer(vertx, this::message, (socket, said) -> {});
        gone.close();
        assertThat(Samples.await(scanner(gone.port()).scan(Samples.message(), Samples.LIMIT)))
                .isEqualTo(error("no connection"));
    }
}
