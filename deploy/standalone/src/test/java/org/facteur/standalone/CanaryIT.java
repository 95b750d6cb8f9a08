package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.facteur.admin.cli.ApiClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The canary flies while mail gets through, tells when it does not, and comes back by itself. */
class CanaryIT {
    private static final String ADDRESS = "canary@demo.test";

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        // The canary goes to ports that are written down; its domain is added after the start.
        world = new World(Map.of(
                "FACTEUR_SUBMISSION_PORT",
                freePort(),
                "FACTEUR_IMAP_PORT",
                freePort(),
                "FACTEUR_CANARY",
                ADDRESS,
                "FACTEUR_CANARY_EVERY",
                "1s"));
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void comesThroughAndLeavesNothingBehind() throws Exception {
        double before = roundTrips();
        World.eventually(() -> roundTrips() >= before + 3);
        assertThat(metric("facteur_canary_enabled")).isEqualTo(1);
        assertThat(metric("facteur_canary_sent_total")).isGreaterThanOrEqualTo(roundTrips() - before);
        assertThat(metric("facteur_canary_round_trip_seconds_bucket{le=\"30.0\"}"))
                .isEqualTo(roundTrips());
        World.eventually(() -> metric("facteur_canary_last_success_seconds") < 1);
        World.eventually(
                () -> world.api.get("/api/accounts/" + ADDRESS).path("messages").asInt(-1) == 0);
        String id = world.api
                .get("/api/messages?address=" + ApiClient.encode(ADDRESS))
                .path(0)
                .path("id")
                .asText();
        World.eventually(() -> world.api.get("/api/messages/" + id).toString().contains("\"delivered\""));
    }

    @Test
    void anAccountThatIsDeletedIsMadeAgain() throws Exception {
        World.eventually(() -> roundTrips() >= 1);
        double failed = failures("submit");
        world.api.delete("/api/accounts/" + ADDRESS);
        World.eventually(() -> failures("submit") > failed);
        double before = roundTrips();
        World.eventually(() -> roundTrips() > before);
    }

    @Test
    void kafkaStops() throws Exception {
        World.eventually(() -> roundTrips() >= 1);
        double failed = failures("submit");
        world.standalone.kafka().stop();
        try {
            World.eventually(() -> failures("submit") > failed);
            assertThat(metric("facteur_canary_last_success_seconds")).isPositive();
        } finally {
            world.standalone.kafka().start();
        }
        double before = roundTrips();
        World.eventually(() -> roundTrips() > before);
    }

    private static double roundTrips() throws IOException, InterruptedException {
        return metric("facteur_canary_round_trip_seconds_count");
    }

    private static double failures(String step) throws IOException, InterruptedException {
        return metric("facteur_canary_failures_total{step=\"" + step + "\"}");
    }

    /** The value of a series, as Prometheus reads it. */
    private static double metric(String series) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + world.port("metrics") + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series));
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return Integer.toString(free.getLocalPort());
        }
    }
}
