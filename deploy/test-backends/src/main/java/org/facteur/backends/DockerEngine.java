package org.facteur.backends;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;

/** The Docker engine that Testcontainers uses. */
final class DockerEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PULL = Duration.ofMinutes(5);

    private DockerEngine() {}

    /** Asked once: the answer holds for the whole JVM. */
    private static final class Asked {
        static final Optional<String> ABSENCE = ask();
    }

    /** Why there is no engine to use; empty when one answers. One that is silent is given up after two seconds. */
    static Optional<String> absence() {
        return Asked.ABSENCE;
    }

    private static Optional<String> ask() {
        var silence = EngineAddress.ofThisMachine().silence(PATIENCE);
        if (silence.isPresent()) return silence;
        try {
            DockerClientFactory.instance().getTransportConfig();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("Testcontainers finds no Docker engine: " + e.getMessage());
        }
    }

    /** Why Testcontainers cannot work with the engine that answers; empty when it can. */
    static Optional<String> refusal() {
        try {
            DockerClientFactory.instance().client();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("Testcontainers cannot work with the Docker engine: " + e.getMessage());
        }
    }

    /** A client for questions: it needs none of the images that Testcontainers brings along for its own use. */
    static DockerClient client() {
        return DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
    }

    /** Why an image cannot be had; empty when the engine has it, which may be because it has just been pulled. */
    static Optional<String> lack(DockerImageName image) {
        try (var client = client()) {
            client.inspectImageCmd(image.asCanonicalNameString()).exec();
            return Optional.empty();
        } catch (NotFoundException e) {
            return pull(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> pull(DockerImageName image) {
        try (var client = client();
                var pulling = client.pullImageCmd(image.getUnversionedPart())
                        .withTag(image.getVersionPart())
                        .start()) {
            if (pulling.awaitCompletion(PULL.toSeconds(), TimeUnit.SECONDS)) return Optional.empty();
            return Optional.of("image " + image + " is not there after " + PULL.toMinutes() + " minutes of pulling");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pulling " + image, e);
        } catch (Exception e) {
            return Optional.of("image " + image + " is not there and cannot be pulled: "
                    + String.valueOf(e.getMessage()).strip());
        }
    }
}
