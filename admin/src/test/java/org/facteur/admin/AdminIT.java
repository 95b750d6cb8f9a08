package org.facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.backends.TestKafka;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.queue.DeferredQueue;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.sql.PgPools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The REST API over real HTTP, with a real broker and a real database. Each test has a domain of its own. */
class AdminIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TOKEN = "test-token";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Vertx VERTX = Vertx.vertx();
    private static final FakeDns DNS = new FakeDns();
    private static final TestKafka BROKER = TestBackends.freshKafka();
    private static final Database DATABASE = TestBackends.freshDatabase();
    private static KafkaConnection kafka;
    private static RecordProducer producer;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        Path data = Files.createTempDirectory("facteur-admin");
        Environment environment = Environment.of(Map.of(
                "FACTEUR_HOSTNAME",
                "mail.example.org",
                "FACTEUR_BIND",
                "127.0.0.1",
                "FACTEUR_ADMIN_PORT",
                "0",
                "FACTEUR_ADMIN_TOKEN",
                TOKEN,
                "FACTEUR_DATA",
                data.toString(),
                "FACTEUR_KAFKA",
                BROKER.bootstrapServers(),
                "FACTEUR_POSTGRES",
                DATABASE.uri()));
        CommonSettings common = CommonSettings.from(environment);
        Health health = new Health();
        kafka = new KafkaConnection(VERTX, KafkaSettings.of(common), new SimpleMeterRegistry(), health);
        await(kafka.createTopics());
        producer = kafka.durableProducer("test");
        admin = new Admin(new ServiceContext(
                VERTX,
                environment,
                common,
                kafka,
                new DirectoryBodyStore(VERTX, data.resolve("bodies")),
                DNS,
                new SimpleMeterRegistry(),
                health,
                Clock.systemUTC()));
        await(VERTX.deployVerticle(admin));
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
        BROKER.close();
    }

    /** An answer. */
    private record Answer(int status, String type, JsonNode document) {}

    @Test
    void onlyTheTokenLetsIn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/domains")).build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @Test
    void domainsComeAndGo() throws Exception {
        assertThat(call("PUT", "/api/domains/Come.Example", "{}").status()).isEqualTo(201);
        assertThat(call("PUT", "/api/domains/come.example", "{}").status()).isEqualTo(200);
        assertThat(call("GET", "/api/domains/come.example", null)
                        .document()
                        .path("domain")
                        .asText())
                .isEqualTo("come.example");
        call("PUT", "/api/accounts/a@come.example", "{\"password\":\"long enough\"}");
        assertThat(call("DELETE", "/api/domains/come.example", null).status()).isEqualTo(409);
        assertThat(call("DELETE", "/api/accounts/a@come.example", null).status())
                .isEqualTo(204);
        assertThat(call("DELETE", "/api/domains/come.example", null).status()).isEqualTo(204);
        assertThat(call("DELETE", "/api/domains/come.example", null).status()).isEqualTo(404);
        assertThat(call("GET", "/api/domains/come.example", null).status()).isEqualTo(404);
    }

    @Test
    void badInputIsAProblemThatSaysWhatIsAccepted() throws Exception {
        call("PUT", "/api/domains/bad.example", "{}");
        for (String[] one : new String[][] {
            {"PUT", "/api/domains/nodots", "{}", "422", "not a domain name"},
            {"PUT", "/api/domains/-a.example", "{}", "422", "not a domain name"},
            {"PUT", "/api/accounts/a@bad.example", "{", "400", "not the JSON"},
            {"PUT", "/api/accounts/a@bad.example", "[]", "400", "JSON object"},
            {"PUT", "/api/accounts/a@bad.example", "{\"pasword\":\"x\"}", "400", "pasword"},
            {"PUT", "/api/accounts/a@bad.example", "{\"password\":\"short\"}", "422", "8 characters"},
            {"PUT", "/api/accounts/a@bad.example", "{\"quota\":5}", "422", "needs a password"},
            {"PUT", "/api/accounts/a@bad.example", "{\"password\":\"long enough\",\"quota\":-1}", "422", "octets"},
            {"PUT", "/api/accounts/a+b@bad.example", "{\"password\":\"long enough\"}", "422", "neither"},
            {"PUT", "/api/accounts/a@nowhere.example", "{\"password\":\"long enough\"}", "409", "add it first"},
            {"PUT", "/api/aliases/b@bad.example", "{\"targets\":[]}", "422", "1 to 100"},
            {"PUT", "/api/aliases/b@bad.example", "{\"targets\":[\"b@bad.example\"]}", "422", "itself"},
            {"GET", "/api/messages/xyz", null, "422", "26 characters"},
            {"GET", "/api/messages", null, "422", "address="},
            {"GET", "/api/nothing", null, "404", "openapi.json"},
        }) {
            Answer answer = call(one[0], one[1], one[2]);
            assertThat(answer.status()).as("%s %s %s", one[0], one[1], one[2]).isEqualTo(Integer.parseInt(one[3]));
            assertThat(answer.type()).isEqualTo("application/problem+json");
            assertThat(answer.document().path("detail").asText()).contains(one[4]);
        }
    }

    @Test
    void accountsAndAliasesReachTheTopics() throws Exception {
        TableView<AddressEntry> addresses = kafka.table(Topic.ADDRESSES, AddressEntry.class);
        call("PUT", "/api/domains/topic.example", "{}");
        assertThat(call("PUT", "/api/accounts/a@topic.example", "{\"password\":\"long enough\",\"quota\":1000}")
                        .status())
                .isEqualTo(201);
        Answer changed = call("PUT", "/api/accounts/a@topic.example", "{\"displayName\":\"Ann\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.document().path("quota").asLong()).isEqualTo(1000);
        assertThat(changed.document().has("password")).isFalse();
        assertThat(call("PUT", "/api/aliases/*@topic.example", "{\"targets\":[\"a@topic.example\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(call("PUT", "/api/aliases/a@topic.example", "{\"targets\":[\"x@y.example\"]}")
                        .status())
                .isEqualTo(409);
        eventually().until(() -> addresses.get("*@topic.example").isPresent());
        AddressEntry entry = addresses.get("a@topic.example").orElseThrow();
        assertThat(entry.passwordHash()).startsWith("$argon2id$");
        assertThat(entry.displayName()).isEqualTo("Ann");
        call("DELETE", "/api/aliases/*@topic.example", null);
        eventually().until(() -> addresses.get("*@topic.example").isEmpty());
    }

    @Test
    void noChangeIsLostWhileKafkaIsAway() throws Exception {
        TableView<DomainEntry> domains = kafka.table(Topic.DOMAINS, DomainEntry.class);
        BROKER.stop();
        assertThat(call("PUT", "/api/domains/outage.example", "{}").status()).isEqualTo(201);
        BROKER.start();
        eventually().until(() -> domains.get("outage.example").isPresent());
    }

    @Test
    void journeysAreFoundByIdAndByAddress() throws Exception {
        String id = MessageId.next(Clock.systemUTC()).value();
        Instant now = Instant.now();
        tell(new JourneyEvent(
                id, now, "smtp-ingress", "accepted", 1200, "from x", "Sender@x.example", List.of("r@here.example")));
        tell(new JourneyEvent(id, now.plusMillis(5), "mailbox-store", "delivered", 900, "INBOX", null, null));
        eventually()
                .until(() -> call("GET", "/api/messages/" + id, null)
                                .document()
                                .path("events")
                                .size()
                        == 2);
        JsonNode events = call("GET", "/api/messages/" + id, null).document().path("events");
        assertThat(events.findValuesAsText("stage")).containsExactly("smtp-ingress", "mailbox-store");
        for (String address : List.of("sender@x.example", "r@here.example")) {
            assertThat(call("GET", "/api/messages?address=" + address, null)
                            .document()
                            .findValuesAsText("id"))
                    .containsExactly(id);
        }
        assertThat(call(
                                "GET",
                                "/api/messages/"
                                        + MessageId.next(Clock.systemUTC()).value(),
                                null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theQueueIsShownAndSteered() throws Exception {
        String messageId = MessageId.next(Clock.systemUTC()).value();
        Outbound outbound = new Outbound(
                1,
                messageId,
                Instant.now(),
                "a@q.example",
                "a@q.example",
                "far.example",
                List.of("b@far.example"),
                false,
                "");
        DeferredQueue queue = new DeferredQueue(PgPools.create(VERTX, DATABASE.uri(), "test", 1, DeferredQueue.SCHEMA));
        await(queue.defer(
                new MailRecord<>(outbound, new Body.Inline("x".getBytes(StandardCharsets.UTF_8))),
                1,
                "450 try later",
                Instant.now().plusSeconds(3600)));
        JsonNode entry = call("GET", "/api/queue", null).document().get(0);
        assertThat(entry.path("lastError").asText()).isEqualTo("450 try later");
        String path = "/api/queue/" + entry.path("id").asText().replace("/", "%2F");
        assertThat(call("POST", path + "/hold", null).document().path("state").asText())
                .isEqualTo("HELD");
        assertThat(call("POST", path + "/release", null)
                        .document()
                        .path("state")
                        .asText())
                .isEqualTo("WAITING");
        assertThat(Instant.parse(call("POST", path + "/retry", null)
                        .document()
                        .path("nextAttempt")
                        .asText()))
                .isBefore(Instant.now().plusSeconds(5));
        assertThat(call("DELETE", path, null).status()).isEqualTo(204);
        assertThat(call("DELETE", path, null).status()).isEqualTo(404);
        assertThat(call("POST", path + "/hold", null).status()).isEqualTo(404);
    }

    @Test
    void aDeadLetterIsKeptAndPutBack() throws Exception {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topic.DEAD.topicName(), null, "key", "value".getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "cause", "not a mailbox command",
                        "stage", "mailbox-store",
                        "origin-topic", Topic.OBSERVATIONS.topicName(),
                        "origin-partition", "2",
                        "origin-offset", "17",
                        "own", "kept")
                .forEach((name, text) -> letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        await(producer.send(letter));
        String id = Topic.OBSERVATIONS.topicName() + "-2-17";
        eventually().until(() -> call("GET", "/api/dead", null)
                .document()
                .findValuesAsText("id")
                .contains(id));
        AtomicReference<String> seen = new AtomicReference<>("");
        await(kafka.broadcast(Topic.OBSERVATIONS, record -> {
                    byte[] own = record.headers().lastHeader("own").value();
                    seen.set(new String(own, StandardCharsets.UTF_8) + " "
                            + new String(record.value(), StandardCharsets.UTF_8));
                    return Future.succeededFuture();
                })
                .start());
        assertThat(call("POST", "/api/dead/" + id + "/replay", null).status()).isEqualTo(200);
        eventually().until(() -> seen.get().equals("kept value"));
        assertThat(call("POST", "/api/dead/" + id + "/replay", null).status()).isEqualTo(404);
    }

    @Test
    void dnsRecordsAreComparedWithWhatTheyMustBe() throws Exception {
        call("PUT", "/api/domains/dns.example", "{}");
        Answer before = call("GET", "/api/domains/dns.example/dns", null);
        for (JsonNode record : before.document()) {
            boolean proposal = record.path("purpose").asText().equals("TLS reports");
            assertThat(record.path("ok").asBoolean()).as("%s", record).isEqualTo(proposal);
            assertThat(record.path("why").asText()).as("%s", record).endsWith(proposal ? "" : ".");
        }
        assertThat(before.document().findValuesAsText("expected"))
                .contains(
                        "v=DMARC1; p=quarantine; rua=mailto:dmarc-reports@dns.example",
                        "v=TLSRPTv1; rua=mailto:tls-reports@dns.example");
        DNS.mx("dns.example", 10, "mail.example.org");
        DNS.txt("dns.example", "v=spf1 mx -all");
        DNS.txt("_dmarc.dns.example", "v=DMARC1; p=reject");
        JsonNode after = call("GET", "/api/domains/dns.example/dns", null).document();
        for (JsonNode record : after) {
            if (List.of("MX", "SPF", "DMARC").contains(record.path("purpose").asText())) {
                assertThat(record.path("ok").asBoolean()).as("%s", record).isTrue();
            }
        }
    }

    @Test
    void theDocumentDescribesWhatIsThere() throws Exception {
        JsonNode document = Json.mapper().readTree(Admin.class.getResourceAsStream("api/openapi.json"));
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> described : path.getValue().properties()) {
                String method = described.getKey().toUpperCase(java.util.Locale.ROOT);
                Answer answer = call(method, path.getKey().replaceAll("\\{\\w+}", "none.example"), null);
                assertThat(answer.document().path("title").asText())
                        .as("%s %s", method, path.getKey())
                        .isNotEqualTo("Refused");
            }
        }
    }

    private static void tell(JourneyEvent event) {
        await(producer.send(new ProducerRecord<>(Topic.JOURNEY.topicName(), event.id(), Json.bytes(event))));
    }

    private static Answer call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                Json.mapper().readTree(response.body()));
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + admin.port() + path);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}
