package org.facteur.backends;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * Where a Docker engine may listen. Asked before Testcontainers is, which takes its time when nobody answers and fills
 * the log.
 *
 * @param uri {@code unix:///path}; anything else is left to Testcontainers, and so is an empty one
 */
record EngineAddress(Optional<URI> uri) {
    /** {@code DOCKER_HOST} or {@code docker.host} of ~/.testcontainers.properties, or the first usual socket there is. */
    static EngineAddress ofThisMachine() {
        var named = TestcontainersConfiguration.getInstance().getEnvVarOrUserProperty("docker.host", "");
        if (!named.isBlank()) return new EngineAddress(Optional.of(URI.create(named)));
        var home = System.getProperty("user.home");
        var runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/nowhere");
        return new EngineAddress(Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(runtime, "docker.sock"),
                        Path.of(home, ".docker", "run", "docker.sock"))
                .filter(Files::exists)
                .findFirst()
                .map(socket -> URI.create("unix://" + socket)));
    }

    /** Why nobody answers there; empty when somebody does within this time, or may. */
    Optional<String> silence(Duration patience) {
        if (uri.isEmpty()) return Optional.of("no Docker engine here: no DOCKER_HOST and no /var/run/docker.sock");
        if (!"unix".equals(uri.get().getScheme())) return Optional.empty();
        var answer = new CompletableFuture<String>();
        var asking = new Thread(() -> complete(answer), "ask-docker");
        asking.setDaemon(true);
        asking.start();
        try {
            var status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return status.contains(" 200 ") ? Optional.empty() : Optional.of(uri.get() + " answers " + status);
        } catch (TimeoutException e) {
            return Optional.of("no Docker engine answers at " + uri.get() + " within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of("no Docker engine answers at " + uri.get() + ": "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking " + uri.get());
        }
    }

    private void complete(CompletableFuture<String> answer) {
        try {
            answer.complete(ping());
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** The status line of the engine's answer, as far as it comes in one piece. */
    private String ping() throws IOException {
        try (var channel =
                SocketChannel.open(UnixDomainSocketAddress.of(uri.orElseThrow().getPath()))) {
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(US_ASCII)));
            var bytes = ByteBuffer.allocate(64);
            if (channel.read(bytes) < 0) throw new EOFException("closed without an answer");
            var text = new String(bytes.array(), 0, bytes.position(), US_ASCII);
            return text.lines().findFirst().orElse("");
        }
    }
}
