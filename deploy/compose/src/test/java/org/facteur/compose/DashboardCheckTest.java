package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.compose.Dashboards.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the check finds what a person would miss, against a server that speaks as Prometheus does. */
class DashboardCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TWO =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{},{}]}}";
    private static final String NONE = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
    private static final String ERROR = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}";
    private static final Map<String, String> ANSWERS =
            Map.of("good", TWO, "misspelt or vector(0)", TWO, "quiet", NONE, "good)", ERROR);

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/label/__name__/values", exchange -> {
            answer(exchange, 200, "{\"status\":\"success\",\"data\":[\"good\",\"quiet\"]}");
        });
        server.createContext("/api/v1/query", exchange -> {
            String text = ANSWERS.get(exchange.getRequestURI()
                    .getQuery()
                    .substring("query=".length())
                    .replace('+', ' '));
            answer(exchange, text.equals(ERROR) ? 400 : 200, text);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anExpressionThatReturnsSeriesIsGood() throws IOException {
        Answer answer = check("good");
        assertThat(answer.series()).isEqualTo(2);
        assertThat(answer.good()).isTrue();
    }

    @Test
    void oneThatReturnsNothingIsNot() throws IOException {
        Answer answer = check("quiet");
        assertThat(answer.series()).isZero();
        assertThat(answer.good()).isFalse();
    }

    @Test
    void aFallbackHidesNoMetricThatDoesNotExist() throws IOException {
        Answer answer = check("misspelt or vector(0)");
        assertThat(answer.series()).isEqualTo(2);
        assertThat(answer.missing()).isEqualTo(Set.of("misspelt"));
        assertThat(answer.good()).isFalse();
    }

    @Test
    void anErrorIsTold() throws IOException {
        Answer answer = check("good)");
        assertThat(answer.error()).isEqualTo(Optional.of("parse error"));
        assertThat(answer.good()).isFalse();
    }

    @Test
    void aPrometheusThatIsNotThereFailsTheCheck() {
        server.stop(0);
        assertThatThrownBy(() -> check("good")).isInstanceOf(UncheckedIOException.class);
    }

    private Answer check(String expression) throws IOException {
        String document =
                "{\"title\":\"D\",\"panels\":[{\"type\":\"stat\",\"title\":\"P\",\"targets\":[{\"expr\":\"%s\"}]}]}";
        Dashboard dashboard = new Dashboard("d.json", JSON.readTree(document.formatted(expression)));
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return Dashboards.check(List.of(dashboard), new Prometheus(base)).get(0);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
