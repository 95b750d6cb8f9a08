package org.facteur.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.facteur.embedded.EmbeddedKafka;

/** A broker inside this JVM. Its files stay until the JVM ends. */
final class EmbeddedTestKafka implements TestKafka {
    private final EmbeddedKafka broker;

    EmbeddedTestKafka(EmbeddedKafka broker) {
        this.broker = broker;
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public void start() {
        try {
            broker.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
