package org.facteur.backends;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.facteur.embedded.BrokerProperties;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker and its controller in a container, by an image that takes broker properties from variables as apache/kafka
 * does. It has the properties of the embedded one.
 */
final class ContainerKafka implements TestKafka {
    private static final int CLIENTS = 9092;
    private static final int CONTROLLER = 9093;
    private static final int ITSELF = 9094;
    private static final int SECONDS = 5;

    private final ServerContainer container;
    private final String servers;

    private ContainerKafka(ServerContainer container) {
        this.container = container;
        this.servers = container.getHost() + ":" + container.port();
    }

    /** Starts a broker; blocks until it serves, some seconds. */
    static ContainerKafka start(DockerImageName image) {
        var container = new ServerContainer(image, CLIENTS);
        var kafka = new ContainerKafka(container);
        container.withEnv(environment(kafka.servers)).servesWhen(kafka::serves);
        container.start();
        return kafka;
    }

    private static Map<String, String> environment(String servers) {
        var properties = new TreeMap<>(BrokerProperties.anywhere());
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@localhost:" + CONTROLLER);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "ITSELF");
        properties.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,ITSELF:PLAINTEXT");
        properties.put(
                "listeners", "CLIENTS://:%d,CONTROLLER://:%d,ITSELF://:%d".formatted(CLIENTS, CONTROLLER, ITSELF));
        properties.put("advertised.listeners", "CLIENTS://%s,ITSELF://localhost:%d".formatted(servers, ITSELF));
        properties.put("log.dirs", "/var/lib/kafka/data");
        var environment = new HashMap<String, String>();
        properties.forEach(
                (name, value) -> environment.put("KAFKA_" + name.toUpperCase().replace('.', '_'), value));
        environment.put("KAFKA_HEAP_OPTS", "-Xms64m -Xmx256m");
        environment.put("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        return environment;
    }

    private Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", servers, "reconnect.backoff.ms", 50, "reconnect.backoff.max.ms", 200));
    }

    private boolean serves() throws Exception {
        try (var admin = admin()) {
            return !admin.describeCluster()
                    .nodes()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        }
    }

    /** Deletes all groups and topics; fails when the broker is stopped or a group still has members. */
    void empty() throws Exception {
        try (var admin = admin()) {
            var groups = admin.listGroups().all().get(SECONDS, TimeUnit.SECONDS).stream()
                    .map(GroupListing::groupId)
                    .toList();
            admin.deleteConsumerGroups(groups).all().get(SECONDS, TimeUnit.SECONDS);
            var topics = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            admin.deleteTopics(topics).all().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public String bootstrapServers() {
        return servers;
    }

    @Override
    public void stop() {
        container.halt();
    }

    @Override
    public void start() {
        container.resume();
    }

    @Override
    public void close() {
        container.stop();
    }
}
