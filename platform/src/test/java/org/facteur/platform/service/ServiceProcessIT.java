package org.facteur.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.ObjectStore;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.S3Settings;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessIT {
    @TempDir
    Path data;

    private final AtomicBoolean stopped = new AtomicBoolean();

    /** A service with one stage. */
    private final class Counting extends VerticleBase {
        private final ServiceContext services;
        private Stage stage;

        private Counting(ServiceContext services) {
            this.services = services;
        }

        @Override
        public Future<?> start() {
            stage = services.kafka()
                    .stage(new StageSettings("counting", Topic.RECEIVED, 10), record -> Future.succeededFuture());
            return stage.start();
        }

        @Override
        public Future<?> stop() {
            return stage.stop().onSuccess(done -> stopped.set(true));
        }
    }

    private Environment environment(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_BIND", "127.0.0.1",
                "FACTEUR_METRICS_PORT", "0",
                "FACTEUR_KAFKA", "127.0.0.1:1"));
        variables.putAll(more);
        return Environment.of(variables);
    }

    private ServiceProcess process(Map<String, String> more) {
        return new ServiceProcess("counting", environment(more), List.of(), Counting::new);
    }

    @Test
    void startsTellsOfItselfAndStops() throws Exception {
        try (TestKafka kafka = TestBackends.freshKafka()) {
            ServiceProcess process = process(Map.of("FACTEUR_KAFKA", kafka.bootstrapServers()));
            process.start().await(60, TimeUnit.SECONDS);
            assertThat(get(process, "/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = get(process, "/health/ready");
            assertThat(ready.body()).contains("\"stage counting assigned\":true", "\"ready\":true");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(get(process, "/metrics").body())
                    .contains(
                            "facteur_stage_records_total{outcome=\"done\",stage=\"counting\"}",
                            "facteur_stage_seconds_bucket{stage=\"counting\",le=\"0.001\"}",
                            "facteur_stage_lag{stage=\"counting\"}",
                            "facteur_dead_total{stage=\"counting\"}",
                            "facteur_produce_failures_total",
                            "facteur_info{service=\"counting\",version=\"",
                            "disk_free_bytes{path=\"" + data + "\"}",
                            "disk_total_bytes{path=\"" + data + "\"}",
                            "jvm_memory_used_bytes",
                            "process_cpu_usage");
            process.stop().await(30, TimeUnit.SECONDS);
            assertThat(stopped).isTrue();
        }
    }

    @Test
    void isLiveButNotReadyWhileKafkaIsAway() throws Exception {
        ServiceProcess process = process(Map.of());
        Future<Void> start = process.start();
        await().ignoreExceptions().until(() -> get(process, "/health/live").statusCode() == 200);
        assertThat(get(process, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(start.isComplete()).isFalse();
        process.stop().await(30, TimeUnit.SECONDS);
    }

    @Test
    void isNotReadyUntilTheObjectStoreIsFound() throws Exception {
        int port = ObjectStore.freePort();
        S3Settings objects = ObjectStore.settings(port, "bodies", data);
        ServiceProcess process = process(Map.of(
                "FACTEUR_BODIES", objects.place(),
                "FACTEUR_S3_KEY", objects.key(),
                "FACTEUR_S3_SECRET", objects.secret()));
        process.start();
        await().ignoreExceptions().until(() -> get(process, "/health/live").statusCode() == 200);
        assertThat(get(process, "/health/ready").body()).contains("\"body store found\":false");
        try (ObjectStore started = ObjectStore.start(port)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(process, "/health/ready").body().contains("\"body store found\":true"));
            assertThat(started.keys("bodies")).isEmpty();
        }
        process.stop().await(30, TimeUnit.SECONDS);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServiceProcess process = process(Map.of("FACTEUR_METRICS_PORT", Integer.toString(taken.getLocalPort())));
            Future<Void> start = process.start();
            await().until(start::isComplete);
            StartFailure failure = StartFailure.of(start.cause());
            assertThat(failure.status()).isEqualTo(3);
            assertThat(failure.line()).contains("FACTEUR_METRICS_PORT", Integer.toString(taken.getLocalPort()));
            process.stop().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void wrongSettingsStopTheStart() {
        assertThatThrownBy(() -> process(Map.of("FACTEUR_METRIC_PORT", "1")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_METRIC_PORT=1");
        assertThatThrownBy(() -> process(Map.of("FACTEUR_KAFKA", "embedded")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_KAFKA=embedded");
        assertThatThrownBy(() -> process(Map.of("FACTEUR_BODIES", "ftp://bucket")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_BODIES=ftp://bucket");
    }

    private static HttpResponse<String> get(ServiceProcess process, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.metricsPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
