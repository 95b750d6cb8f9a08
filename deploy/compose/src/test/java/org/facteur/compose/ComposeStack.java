package org.facteur.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.facteur.admin.cli.ApiClient;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.DockerComposeContainer;
import org.testcontainers.lifecycle.Startable;

/**
 * The compose file in a copy of its directory, with its own .env, secrets, ports and project name, started by Testcontainers:
 * by Compose v2 where that is there, by docker-compose otherwise. Images are those of the environment (IMAGE_KAFKA …).
 */
final class ComposeStack implements AutoCloseable {
    /** The services of the way of a message, from its end to its beginning. */
    static final List<String> SERVICES = List.of(
            "mailbox-store", "smtp-egress", "dkim-signer", "auth-verifier", "admin", "imap-gateway", "smtp-ingress");

    private static final List<String> PORTS =
            List.of("SMTP", "SUBMISSION", "SUBMISSIONS", "IMAP", "IMAPS", "HTTP", "HTTPS");
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(5);
    private static final String PROJECT_LABEL = "com.docker.compose.project";
    private static final String SERVICE_LABEL = "com.docker.compose.service";

    private final Path directory;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Shell shell;
    private final List<String> composeProgram;
    private final Startable containers;
    private String project = "";
    private boolean started;

    /** Prepares the copy; {@code settings} go to .env. Nothing runs yet. */
    ComposeStack(Path scratch, Map<String, String> settings) throws IOException {
        Path deploy = Path.of("").toAbsolutePath().getParent();
        for (String part : List.of("compose", "prometheus", "grafana")) {
            copy(deploy.resolve(part), scratch.resolve(part));
        }
        directory = scratch.resolve("compose");
        Map<String, String> lines = new LinkedHashMap<>(settings);
        for (String name : PORTS) {
            ports.put(name, freePort());
            lines.put("PORT_" + name, ports.get(name).toString());
        }
        imageVariables().forEach(lines::putIfAbsent);
        Files.write(
                directory.resolve(".env"),
                lines.entrySet().stream()
                        .map(line -> line.getKey() + "=" + line.getValue())
                        .toList());
        shell = new Shell(directory, Map.of());
        shell.run(List.of("./up", "--prepare"));
        File file = directory.resolve("compose.yml").toFile();
        boolean second = isThere("docker", "compose", "version");
        composeProgram = second ? List.of("docker", "compose") : List.of("docker-compose");
        containers = second
                ? new ComposeContainer("facteur", file).withPull(false)
                : new DockerComposeContainer<>("facteur", file).withPull(false);
    }

    /** The images of the services that start: those without a profile, and those whose profile is chosen. */
    Set<String> images() throws IOException {
        List<String> command = new ArrayList<>(composeProgram);
        command.addAll(List.of("-f", "compose.yml", "config"));
        List<String> chosen =
                List.of(System.getenv().getOrDefault("COMPOSE_PROFILES", "").split(","));
        Set<String> images = new TreeSet<>();
        for (JsonNode service : new YAMLMapper().readTree(shell.run(command)).path("services")) {
            boolean starts = !service.has("profiles");
            for (JsonNode profile : service.path("profiles")) {
                starts |= chosen.contains(profile.asText());
            }
            if (starts) {
                images.add(service.path("image").asText());
            }
        }
        return images;
    }

    /** Starts everything and waits until every container is healthy. */
    void start() {
        Shell docker = shell;
        List<String> before = lines(docker.run(List.of("docker", "ps", "-aq")));
        started = true;
        containers.start();
        String mine =
                lines(docker.run(List.of("docker", "ps", "-aq", "--filter", "label=" + SERVICE_LABEL + "=admin")))
                        .stream()
                        .filter(id -> !before.contains(id))
                        .findFirst()
                        .orElseThrow();
        project = inspect(mine, "{{index .Config.Labels \"" + PROJECT_LABEL + "\"}}");
        awaitHealthy();
    }

    /** Whether {@link #start} was called. */
    boolean isStarted() {
        return started;
    }

    /** The port on this machine: SMTP, SUBMISSION, IMAP, HTTPS … */
    int port(String name) {
        return ports.get(name);
    }

    /** The address from which containers see connections of this machine. */
    String gateway() {
        return shell.run(List.of(
                "docker", "network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", project + "_default"));
    }

    /** A client of the REST API, which is reached from this machine by the container's own address. */
    ApiClient api() {
        String token = read(directory.resolve("secrets/admin-token"));
        return new ApiClient("http://" + address("admin") + ":8080", token);
    }

    /** Where Prometheus answers. */
    String prometheus() {
        return "http://" + address("prometheus") + ":9090";
    }

    /** Runs compose with these words. */
    String compose(String... words) {
        List<String> command = new ArrayList<>(composeProgram);
        command.addAll(List.of("-p", project, "-f", "compose.yml"));
        command.addAll(Arrays.asList(words));
        return shell.run(command);
    }

    /** Runs docker with these words. */
    String docker(String... words) {
        return shell.run(
                Stream.concat(Stream.of("docker"), Arrays.stream(words)).toList());
    }

    /** The containers of a service that exist. */
    List<String> containers(String service) {
        return lines(docker(
                "ps",
                "-aq",
                "--filter",
                "label=" + PROJECT_LABEL + "=" + project,
                "--filter",
                "label=" + SERVICE_LABEL + "=" + service));
    }

    /** SIGKILL to the containers of a service. */
    void kill(String service) {
        containers(service).forEach(id -> docker("kill", id));
    }

    /** Starts what was killed or stopped. */
    void startAgain(String service) {
        containers(service).forEach(id -> docker("start", id));
    }

    /** Runs so many containers of a service, and waits until they are healthy. */
    void scale(String service, int count) {
        compose("up", "-d", "--no-deps", "--no-recreate", "--scale", service + "=" + count, service);
        awaitHealthy();
    }

    /** Waits until every container of the project is healthy. */
    void awaitHealthy() {
        Awaitility.await()
                .atMost(HEALTHY_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .until(this::unhealthy, List::isEmpty);
    }

    private List<String> unhealthy() {
        return lines(docker("ps", "-aq", "--filter", "label=" + PROJECT_LABEL + "=" + project)).stream()
                .map(id ->
                        inspect(id, "{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}"))
                .filter(state -> !state.endsWith(" running healthy"))
                .toList();
    }

    /** Memory of every container now, as {@code docker stats} tells it. */
    String memory() {
        List<String> ids = lines(docker("ps", "-q", "--filter", "label=" + PROJECT_LABEL + "=" + project));
        List<String> command =
                new ArrayList<>(List.of("docker", "stats", "--no-stream", "--format", "{{.MemUsage}}\t{{.Name}}"));
        command.addAll(ids);
        return lines(shell.run(command)).stream()
                .map(line -> line.replace(project + "_", "").replace(project + "-", ""))
                .sorted(java.util.Comparator.comparing(line -> line.substring(line.indexOf('\t'))))
                .collect(Collectors.joining("\n"));
    }

    private String address(String service) {
        return inspect(containers(service).get(0), "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
    }

    private String inspect(String id, String format) {
        return docker("inspect", "-f", format, id);
    }

    /** Stops everything, its volumes too, after the logs went to target/compose-logs. */
    @Override
    public void close() throws IOException {
        if (!project.isEmpty()) {
            Path logs = Files.createDirectories(Path.of("target", "compose-logs"));
            for (String service : lines(compose("config", "--services"))) {
                Files.writeString(logs.resolve(service + ".log"), compose("logs", "--no-color", service));
            }
        }
        containers.stop();
    }

    /** The images that the environment names, so that compose finds them whoever starts it. */
    private static Map<String, String> imageVariables() {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("IMAGE_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isThere(String... command) {
        try {
            shell.run(List.of(command));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Everything but what is made: sources, results, secrets and settings. */
    private static void copy(Path from, Path to) throws IOException {
        List<String> left = List.of("src", "target", "secrets", ".env");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(one -> from.equals(one)
                            || !left.contains(from.relativize(one).getName(0).toString()))
                    .toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
