package org.facteur.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.embedded.Directories;
import org.facteur.embedded.EmbeddedKafka;
import org.facteur.embedded.EmbeddedKafkaSettings;
import org.facteur.embedded.EmbeddedPostgresServer;
import org.facteur.embedded.EmbeddedPostgresSettings;

/** Brokers inside this JVM and servers beside it, each in a directory below one that goes with the JVM. */
final class EmbeddedSource implements BackendSource {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final OpenBackends open = new OpenBackends();
    private Path scratch;

    @Override
    public TestKafka kafka() {
        try {
            return open.add(
                    new EmbeddedTestKafka(EmbeddedKafka.start(fresh("kafka"), EmbeddedKafkaSettings.defaults())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TestPostgres postgres() {
        try {
            return open.add(new EmbeddedTestPostgres(
                    EmbeddedPostgresServer.start(fresh("postgres"), EmbeddedPostgresSettings.forTests(), programs())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Path fresh(String kind) throws IOException {
        if (scratch == null) {
            scratch = Files.createTempDirectory("facteur-test-");
            open.atEnd(() -> Directories.delete(scratch));
        }
        return Files.createDirectories(scratch.resolve(kind + "-" + COUNTER.incrementAndGet()));
    }

    /** Unpacking takes two seconds: kept between test runs where the user has a cache. */
    private Path programs() throws IOException {
        var cache = Path.of(System.getProperty("user.home"), ".cache", "facteur");
        try {
            return Files.createDirectories(cache);
        } catch (IOException e) {
            return fresh("programs");
        }
    }
}
