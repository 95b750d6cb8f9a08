package org.facteur.backends;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.DockerImageName;

/** Brokers and servers in containers, by the images that the compose file names too. */
final class ContainerSource implements BackendSource {
    private static final Logger LOG = LoggerFactory.getLogger(TestBackends.class);
    private static final int ATTEMPTS = 3;
    private static final DockerImageName KAFKA =
            DockerImageName.parse(Variables.get("IMAGE_KAFKA", "apache/kafka:4.1.0"));
    private static final DockerImageName POSTGRES =
            DockerImageName.parse(Variables.get("IMAGE_POSTGRES", "postgres:17"));

    private final OpenBackends open = new OpenBackends();
    private final Queue<ContainerKafka> idle = new ConcurrentLinkedQueue<>();

    /** A source; removes what killed JVMs have left. */
    ContainerSource() {
        Leftovers.remove();
    }

    /** Why there can be no containers; empty when there can be. Pulls the images where they are not. */
    static Optional<String> obstacle() {
        return DockerEngine.absence()
                .or(() -> DockerEngine.lack(KAFKA))
                .or(() -> DockerEngine.lack(POSTGRES))
                .or(DockerEngine::refusal);
    }

    @Override
    public TestKafka kafka() {
        var broker = idle.poll();
        if (broker == null) broker = open.add(started(ContainerKafka::start, KAFKA));
        return new LentKafka(broker, this::takeBack);
    }

    /** Only what is as good as new is lent again. */
    private void takeBack(ContainerKafka broker) {
        try {
            broker.empty();
            idle.add(broker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broker.close();
        } catch (Exception e) {
            LOG.debug("the broker at {} is not lent again", broker.bootstrapServers(), e);
            broker.close();
        }
    }

    @Override
    public TestPostgres postgres() {
        return open.add(started(ContainerPostgres::start, POSTGRES));
    }

    private static <T> T started(Function<DockerImageName, T> start, DockerImageName image) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.apply(image);
            } catch (ContainerLaunchException e) {
                if (attempt == ATTEMPTS || !ServerContainer.lostItsPort(e)) throw e;
            }
        }
    }
}
