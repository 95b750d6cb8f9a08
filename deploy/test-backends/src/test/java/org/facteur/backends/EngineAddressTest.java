package org.facteur.backends;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {
    @TempDir
    Path directory;

    @Test
    void nowhereNobodyAnswers() {
        assertThat(new EngineAddress(Optional.empty()).silence(Duration.ofSeconds(5)))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("no Docker engine here"));
    }

    @Test
    void aSocketThatIsNotThereIsNamed() {
        assertThat(address().silence(Duration.ofSeconds(5)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("answers at unix:", socket().toString()));
    }

    @Test
    void whoTakesConnectionsAndSaysNothingIsSilent() throws Exception {
        try (var server = listen()) {
            assertThat(server.isOpen()).isTrue();
            assertThat(address().silence(Duration.ofMillis(100)))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("within"));
        }
    }

    @Test
    void anEngineThatIsWellAnswers() throws Exception {
        assertThat(answer("HTTP/1.0 200 OK\r\n\r\nOK")).isEmpty();
    }

    @Test
    void anEngineThatIsNotSaysSo() throws Exception {
        assertThat(answer("HTTP/1.0 500 Internal Server Error\r\n\r\n")).hasValueSatisfying(reason -> assertThat(reason)
                .endsWith("answers HTTP/1.0 500 Internal Server Error"));
    }

    private Optional<String> answer(String text) throws Exception {
        try (var server = listen()) {
            var served = CompletableFuture.runAsync(() -> {
                try (var client = server.accept()) {
                    client.read(ByteBuffer.allocate(1024));
                    client.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var silence = address().silence(Duration.ofSeconds(30));
            served.get();
            return silence;
        }
    }

    private ServerSocketChannel listen() throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
    }

    private EngineAddress address() {
        return new EngineAddress(Optional.of(URI.create("unix://" + socket())));
    }

    private Path socket() {
        return directory.resolve("s");
    }
}
