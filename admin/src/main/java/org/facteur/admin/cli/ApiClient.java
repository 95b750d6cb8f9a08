package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.facteur.admin.AdminSettings;
import org.facteur.mail.record.Json;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/** The REST API as the command sees it: a request gives a document, or fails with a sentence for the person. */
public final class ApiClient {
    /** FACTEUR_ADMIN_URL. */
    public static final Setting<String> URL = Setting.text(
            "FACTEUR_ADMIN_URL",
            "",
            "Where the facteur command finds the API; http://127.0.0.1:FACTEUR_ADMIN_PORT when not set.");

    private static final String JSON = "application/json";
    private static final byte[] NOTHING = {};
    private static final Duration PATIENCE = Duration.ofSeconds(40); // more than the API itself waits for others

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String token;

    /** Finds the server and its token by the environment. */
    public ApiClient(Environment environment) {
        String url = environment.get(URL);
        base = url.isEmpty() ? "http://127.0.0.1:" + environment.get(AdminSettings.PORT) : url;
        token = token(environment);
    }

    /** A client of a server at a known place. */
    public ApiClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** A failure with one line for the person. */
    public static final class ApiException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ApiException(String line) {
            super(line);
        }
    }

    /** GET. */
    public JsonNode get(String path) {
        return send("GET", path, JSON, NOTHING);
    }

    /** PUT with a document. */
    public JsonNode put(String path, Object document) {
        return send("PUT", path, JSON, Json.bytes(document));
    }

    /** POST without a document. */
    public JsonNode post(String path) {
        return send("POST", path, JSON, NOTHING);
    }

    /** POST with a body of some media type. */
    public JsonNode post(String path, String type, byte[] body) {
        return send("POST", path, type, body);
    }

    /** DELETE. */
    public JsonNode delete(String path) {
        return send("DELETE", path, JSON, NOTHING);
    }

    /** A path segment or query value in its encoded form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String method, String path, String type, byte[] content) {
        HttpRequest.BodyPublisher body = content.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(content);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = response.body().length == 0
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(response.body());
            if (response.statusCode() >= 400) {
                throw new ApiException(answer.path("detail").asText("the server answered " + response.statusCode()));
            }
            return answer;
        } catch (IOException e) {
            throw new ApiException("no Facteur answers at " + base + " (" + e.getMessage() + "); is it running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted");
        }
    }

    private static String token(Environment environment) {
        String given = environment.get(AdminSettings.TOKEN);
        if (!given.isEmpty()) {
            return given;
        }
        Path file = environment.get(CommonSettings.DATA).resolve("admin-token");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ApiException("no token: set FACTEUR_ADMIN_TOKEN, or FACTEUR_DATA to where " + file.getFileName()
                    + " lies (looked at " + file.toAbsolutePath().normalize() + ")");
        }
    }
}
