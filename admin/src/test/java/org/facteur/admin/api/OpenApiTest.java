package org.facteur.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.io.InputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.facteur.mail.record.Json;
import org.facteur.platform.queue.DeferredQueue;
import org.junit.jupiter.api.Test;

/** The document and the routes say the same. */
class OpenApiTest {
    @Test
    void everyRouteIsInTheDocumentAndNothingElse() throws Exception {
        assertThat(routes()).isEqualTo(documented());
    }

    private static Set<String> documented() throws Exception {
        Set<String> all = new TreeSet<>();
        try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
            JsonNode paths = Json.mapper().readTree(in).path("paths");
            paths.properties().forEach(path -> path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        }
        return all;
    }

    private static Set<String> routes() {
        Vertx vertx = Vertx.vertx();
        Api api = new Api(vertx, "token");
        new DomainsApi(api, null, null, null, Clock.systemUTC());
        new AccountsApi(api, null, null, null, null);
        new AliasesApi(api, null, null);
        new MessagesApi(api, null, Clock.systemUTC());
        new QueueApi(api, new DeferredQueue(null), Clock.systemUTC());
        new DeadApi(api, null);
        new VerifyApi(api, null, null, 0, null);
        new ReportsApi(api, null, null, Clock.systemUTC());
        Set<String> all = new TreeSet<>();
        for (Route route : api.router().getRoutes()) {
            if (route.methods() != null && !route.getPath().endsWith("openapi.json")) {
                for (HttpMethod method : route.methods()) {
                    all.add(method.name() + " " + route.getPath().replaceAll(":([a-z]+)", "{$1}"));
                }
            }
        }
        vertx.close();
        return all;
    }
}
