package org.facteur.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.queue.DeferredQueue;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.sql.PgPools;

/** A running admin with a broker and a database of its own, and a client of its API. */
final class AdminFixture implements AutoCloseable {
    private static final String TOKEN = "a secret of the test";

    final Vertx vertx = Vertx.vertx();
    final TestKafka broker = TestBackends.freshKafka();
    final FakeDns dns = new FakeDns();
    final KafkaConnection kafka;
    final RecordProducer producer;
    final TableView<DomainEntry> domains;
    final TableView<AddressEntry> addresses;
    final DeferredQueue queue;
    private final Pool pool;
    private final int port;
    private final String deployment;
    private final HttpClient http = HttpClient.newHttpClient();

    AdminFixture() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path data = Files.createTempDirectory("facteur-admin");
        Database database = TestBackends.freshDatabase();
        Environment environment = Environment.of(Map.of(
                "FACTEUR_HOSTNAME", "mail.here.test",
                "FACTEUR_DATA", data.toString(),
                "FACTEUR_BIND", "127.0.0.1",
                "FACTEUR_KAFKA", broker.bootstrapServers(),
                "FACTEUR_POSTGRES", database.uri(),
                "FACTEUR_ADMIN_PORT", Integer.toString(port),
                "FACTEUR_ADMIN_TOKEN", TOKEN));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(vertx, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        done(kafka.createTopics());
        deployment = done(vertx.deployVerticle(new Admin(new ServiceContext(
                vertx,
                environment,
                common,
                kafka,
                new DirectoryBodyStore(vertx, Path.of(common.bodies())),
                dns,
                new SimpleMeterRegistry(),
                health,
                Clock.systemUTC()))));
        producer = kafka.durableProducer("test");
        domains = kafka.table(Topic.DOMAINS, DomainEntry.class);
        addresses = kafka.table(Topic.ADDRESSES, AddressEntry.class);
        pool = PgPools.create(vertx, database.uri(), "test", 2, DeferredQueue.SCHEMA);
        queue = new DeferredQueue(pool);
    }

    /** An answer of the API. */
    record Answer(int status, String type, String challenge, JsonNode body) {}

    Answer get(String path) {
        return send("GET", path, "", TOKEN);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body, TOKEN);
    }

    Answer post(String path) {
        return send("POST", path, "", TOKEN);
    }

    Answer delete(String path) {
        return send("DELETE", path, "", TOKEN);
    }

    Answer send(String method, String path, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("WWW-Authenticate").orElse(""),
                    Json.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void send(Topic topic, String key, byte[] value) {
        done(producer.send(new ProducerRecord<>(topic.topicName(), key, value)));
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }

    @Override
    public void close() {
        done(vertx.undeploy(deployment));
        done(kafka.close());
        done(pool.close());
        done(vertx.close());
        broker.close();
    }
}
