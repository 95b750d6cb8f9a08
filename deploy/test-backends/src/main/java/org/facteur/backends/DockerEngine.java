package org.facteur.backends;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
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
            client();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("Testcontainers does not take the Docker engine: " + e.getMessage());
        }
    }

    static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /** Why an image cannot be had; empty when the engine has it, which may be because it has just been pulled. */
    static Optional<String> lack(DockerImageName image) {
        try {
            client().inspectImageCmd(image.asCanonicalNameString()).exec();
            return Optional.empty();
        } catch (NotFoundException e) {
            return pull(image);
        }
    }

    private static Optional<String> pull(DockerImageName image) {
        try (var pulling = client().pullImageCmd(image.getUnversionedPart())
                .withTag(image.getVersionPart())
                .start()) {
            if (pulling.awaitCompletion(PULL.toSeconds(), TimeUnit.SECONDS)) return Optional.empty();
            return Optional.of("image " + image + " is not there after " + PULL.toMinutes() + " minutes of pulling");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pulling " + image, e);
        } catch (Exception e) {
            return Optional.of("image " + image + " is not there and cannot be pulled: " + e.getMessage());
        }
    }
}
