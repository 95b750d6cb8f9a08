package org.facteur.platform.metrics;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.facteur.mail.record.Json;

/**
 * Tells a monitoring system about the process: {@code /metrics} (Prometheus' text form), {@code /health/live} (200 while the
 * event loop turns) and {@code /health/ready} (200 or 503, with each condition).
 */
public final class MetricsServer extends VerticleBase {
    private final String host;
    private final int port;
    private final Meters meters;
    private final Health health;
    private HttpServer server;

    /** Listens on {@code port}; 0 lets the system choose. */
    public MetricsServer(String host, int port, Meters meters, Health health) {
        this.host = host;
        this.port = port;
        this.meters = meters;
        this.health = health;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer().requestHandler(this::answer);
        return server.listen(port, host)
                .recover(cause -> Future.failedFuture(new IOException(
                        "FACTEUR_METRICS_PORT: cannot listen on %s port %d: %s"
                                .formatted(host, port, cause.getMessage()),
                        cause)));
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/metrics" -> metrics(request);
            case "/health/live" -> json(request, 200, Map.of("live", true));
            case "/health/ready" -> {
                Map<String, Boolean> state = health.state();
                boolean ready = !state.containsValue(false);
                json(request, ready ? 200 : 503, Map.of("ready", ready, "conditions", state));
            }
            default -> json(request, 404, Map.of("paths", new String[] {"/metrics", "/health/live", "/health/ready"}));
        }
    }

    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(meters::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(cause -> request.response().setStatusCode(500).end());
    }

    private static void json(HttpServerRequest request, int status, Object document) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new String(Json.bytes(document), StandardCharsets.UTF_8));
    }
}
