package org.facteur.backends;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the backends of this JVM are containers.
 *
 * @param containers true for containers, false for embedded ones
 * @param reason why, for the log
 */
record Choice(boolean containers, String reason) {
    /** System property or environment variable: {@code containers}, {@code embedded}, or nothing for what there is. */
    static final String VARIABLE = "FACTEUR_TEST_BACKENDS";

    private static final Logger LOG = LoggerFactory.getLogger(TestBackends.class);

    /**
     * Decides what is wanted and can be had.
     *
     * @param wanted the variable's value, empty when unset
     * @param obstacle why containers cannot be had; asked only where they are an option
     * @throws IllegalStateException when containers are demanded and cannot be had, or the value is unknown
     */
    static Choice of(String wanted, Supplier<Optional<String>> obstacle) {
        switch (wanted) {
            case "embedded":
                return new Choice(false, VARIABLE + "=embedded");
            case "containers":
                obstacle.get().ifPresent(reason -> {
                    throw new IllegalStateException(VARIABLE + "=containers: " + reason);
                });
                return new Choice(true, VARIABLE + "=containers");
            case "":
                return obstacle.get()
                        .map(reason -> new Choice(false, reason))
                        .orElseGet(() -> new Choice(true, "a Docker engine answers"));
            default:
                throw new IllegalStateException(VARIABLE + "=" + wanted + ": accepted is embedded or containers");
        }
    }

    /** Decides for this JVM and says so in the log. */
    static Choice ofThisRun() {
        var choice = of(Variables.get(VARIABLE, ""), ContainerSource::obstacle);
        LOG.info("test backends: {} ({})", choice.containers ? "containers" : "embedded", choice.reason);
        return choice;
    }

    /** The source that it stands for. */
    BackendSource source() {
        return containers ? new ContainerSource() : new EmbeddedSource();
    }
}
