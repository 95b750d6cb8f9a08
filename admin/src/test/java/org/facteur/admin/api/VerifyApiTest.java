package org.facteur.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.admin.AdminSettings;
import org.facteur.admin.verify.Explanations;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.Verdict;
import org.facteur.mail.record.VerifyRequest;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordingProducer;
import org.facteur.platform.kafka.Replies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the route asks for and what it answers, with a verifier that says what the test wants. */
class VerifyApiTest {
    private static final int INLINE = 1000;
    private static final int MOST = 3_000_000;
    private static final String PATH = "/api/verify?ip=192.0.2.1&helo=mx.example.org&from=a@example.org";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final RecordingProducer producer = new RecordingProducer();
    private final HttpClient http = HttpClient.newHttpClient();
    private DirectoryBodyStore bodies;
    private HttpServer server;
    private Future<byte[]> reply = Future.succeededFuture(Json.bytes(explanation("")));

    @BeforeEach
    void start() {
        bodies = new DirectoryBodyStore(vertx, directory);
        Api api = new Api(vertx, "token");
        AdminSettings settings = new AdminSettings(0, "token", Duration.ofDays(1), Duration.ofDays(400), MOST);
        new VerifyApi(api, new Explanations(producer, new FixedReplies(), Clock.systemUTC()), bodies, INLINE, settings);
        server = await(vertx.createHttpServer().requestHandler(api.router()).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void aMessageIsAskedAboutAndItsExplanationIsTheAnswer() {
        Answer answer = post(PATH, "From: a@example.org\r\n\r\nText\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("reply").asText()).isEqualTo("250 2.0.0 accepted as v1");
        MailRecord<VerifyRequest> asked = asked();
        assertThat(asked.envelope().client()).isEqualTo(new Client("192.0.2.1", "mx.example.org", ""));
        assertThat(asked.envelope().reversePath()).isEqualTo("a@example.org");
        assertThat(asked.envelope().replyTo()).isEqualTo("2/r7");
        assertThat(new String(((Body.Inline) asked.body()).bytes(), UTF_8))
                .isEqualTo("From: a@example.org\r\n\r\nText\r\n");
    }

    @Test
    void aLargeMessageGoesThroughTheBodyStore() {
        String message = "From: a@example.org\r\n\r\n" + "a line of text\r\n".repeat(150_000);
        assertThat(post(PATH, message).status()).isEqualTo(200);
        Body.Stored stored = (Body.Stored) asked().body();
        assertThat(await(bodies.readFully(stored.ref(), 0, message.length())).toString())
                .isEqualTo(message);
    }

    @Test
    void theNullReversePathAndIpv6AreTaken() {
        assertThat(post("/api/verify?ip=2001:db8::1&from=%3C%3E", "x").status()).isEqualTo(200);
        assertThat(asked().envelope().reversePath()).isEmpty();
        assertThat(asked().envelope().client()).isEqualTo(new Client("2001:db8::1", "", ""));
    }

    @Test
    void whatIsWrongIsSaid() {
        refused("/api/verify", "x", 422, "ip= is no address");
        refused("/api/verify?ip=localhost", "x", 422, "ip=localhost is no address");
        refused("/api/verify?ip=fe80::1%25eth0", "x", 422, "is no address");
        refused("/api/verify?ip=192.0.2.1&from=nobody", "x", 422, "from=nobody is no address");
        refused("/api/verify?ip=192.0.2.1&helo=a%20b", "x", 422, "is no name");
        refused(PATH, "", 422, "the request has no body");
        assertThat(producer.sent()).isEmpty();
    }

    @Test
    void tooLargeIsRefused() {
        refused(PATH, "x".repeat(MOST + 1), 413, "larger than 3000000 octets (FACTEUR_MAX_MESSAGE)");
        assertThat(producer.sent()).isEmpty();
    }

    @Test
    void silenceOfTheVerifierIsSaid() {
        reply = Future.failedFuture(new TimeoutException());
        refused(PATH, "x", 504, "no auth-verifier answered within 30 s");
    }

    @Test
    void troubleOfTheVerifierIsSaid() {
        reply = Future.succeededFuture(Json.bytes(explanation("the body is gone")));
        refused(PATH, "x", 503, "the body is gone");
        producer.fail(new IllegalStateException("Kafka is gone"));
        refused(PATH, "x", 503, "try again in a moment");
    }

    @Test
    void theTokenIsAskedForFirst() {
        assertThat(post(PATH, "x", "wrong").status()).isEqualTo(401);
        assertThat(producer.sent()).isEmpty();
    }

    private record Answer(int status, JsonNode body) {}

    private void refused(String path, String message, int status, String detail) {
        Answer answer = post(path, message);
        assertThat(answer.body().path("detail").asText()).contains(detail);
        assertThat(answer.status()).isEqualTo(status);
    }

    private Answer post(String path, String message) {
        return post(path, message, "token");
    }

    private Answer post(String path, String message, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "message/rfc822")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Json.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private MailRecord<VerifyRequest> asked() {
        List<ProducerRecord<String, byte[]>> sent = producer.sent(Topic.AUTH_REQUESTS);
        ProducerRecord<String, byte[]> last = sent.get(sent.size() - 1);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(last.topic(), 0, 0, last.key(), last.value());
        last.headers().forEach(record.headers()::add);
        return MailRecord.from(record, VerifyRequest.class);
    }

    private static Explanation explanation(String failure) {
        return new Explanation(
                Explanation.VERSION,
                "v1",
                failure,
                new Client("192.0.2.1", "mx.example.org", ""),
                "a@example.org",
                1,
                List.of(),
                List.of(),
                Verdict.accept("v1"),
                "250 2.0.0 accepted as v1",
                "INBOX",
                "Authentication-Results: here; none\r\n");
    }

    /** The reply of the test to every request. */
    private final class FixedReplies implements Replies {
        @Override
        public Future<Void> ready() {
            return Future.succeededFuture();
        }

        @Override
        public ReplyAddress address() {
            return new ReplyAddress(2, "r7");
        }

        @Override
        public Future<byte[]> expect(ReplyAddress address, Duration timeout) {
            return reply;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
