package org.facteur.backends;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A broker that goes back to its owner when it is closed: starting one takes seconds, emptying one does not. */
final class LentKafka implements TestKafka {
    private final ContainerKafka broker;
    private final Consumer<ContainerKafka> owner;
    private final AtomicBoolean back = new AtomicBoolean();

    LentKafka(ContainerKafka broker, Consumer<ContainerKafka> owner) {
        this.broker = broker;
        this.owner = owner;
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
        broker.start();
    }

    @Override
    public void close() {
        if (back.compareAndSet(false, true)) owner.accept(broker);
    }
}
