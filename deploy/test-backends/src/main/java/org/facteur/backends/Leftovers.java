package org.facteur.backends;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers of JVMs that were killed before they could remove them, known by their labels. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(TestBackends.class);
    private static final String MACHINE = "org.facteur.backends.machine";
    private static final String PID = "org.facteur.backends.pid";

    private Leftovers() {}

    /** What the containers of this JVM bear. */
    static Map<String, String> labels() {
        return Map.of(
                MACHINE, machine(), PID, Long.toString(ProcessHandle.current().pid()));
    }

    /** Removes those of this machine whose JVM is no more. */
    static void remove() {
        try (var client = DockerEngine.client()) {
            client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(MACHINE, machine())).exec().stream()
                    .filter(Leftovers::isOrphan)
                    .forEach(container -> remove(client, container));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(DockerClient client, Container container) {
        try {
            client.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            LOG.info("removed {} of an earlier run", List.of(container.getNames()));
        } catch (DockerException e) {
            LOG.debug("another run removes {}", container.getId(), e);
        }
    }

    private static boolean isOrphan(Container container) {
        return ProcessHandle.of(Long.parseLong(container.getLabels().get(PID))).isEmpty();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
