package org.facteur.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What tests may rely on, whichever kind the backends are. */
abstract class BackendsContract {
    private static final long SECONDS = 60;

    abstract BackendSource source();

    @Test
    void brokersAreEmptyAndApart() throws Exception {
        try (var one = source().kafka();
                var two = source().kafka()) {
            createTopic(one, "apart");
            assertThat(topics(one)).containsExactly("apart");
            assertThat(topics(two)).isEmpty();
        }
    }

    @Test
    void whatABrokerHeldDoesNotComeBackWithTheNext() throws Exception {
        try (var first = source().kafka()) {
            createTopic(first, "once");
            send(first, "once", "old");
            assertThat(read(first, "once", "group", 1)).containsExactly("old");
        }
        try (var second = source().kafka()) {
            assertThat(topics(second)).isEmpty();
            createTopic(second, "once");
            send(second, "once", "new");
            assertThat(read(second, "once", "group", 1)).containsExactly("new");
        }
    }

    @Test
    void aBrokerThatWasStoppedHasItsPortAndItsRecordsAgain() throws Exception {
        try (var kafka = source().kafka()) {
            createTopic(kafka, "kept");
            send(kafka, "kept", "before");
            var servers = kafka.bootstrapServers();
            kafka.stop();
            kafka.stop();
            assertThat(listens(servers)).isFalse();
            kafka.start();
            kafka.start();
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            send(kafka, "kept", "after");
            assertThat(read(kafka, "kept", "group", 2)).containsExactly("before", "after");
        }
    }

    @Test
    void databasesAreApartAndTheirOwnersMayCreateRoles() throws Exception {
        try (var server = source().postgres()) {
            var one = TestBackends.freshDatabase(server);
            var two = TestBackends.freshDatabase(server);
            assertThat(one.name()).isNotEqualTo(two.name());
            run(one, "CREATE TABLE t (n int)", "CREATE ROLE reader_of_" + one.name());
            run(two, "CREATE TABLE t (n int)");
        }
    }

    @Test
    void aServerThatCrashedHasItsPortAndItsRowsAgain() throws Exception {
        try (var server = source().postgres()) {
            var database = TestBackends.freshDatabase(server);
            run(database, "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)");
            server.crash();
            assertThat(listens(server.host() + ":" + server.port())).isFalse();
            server.start();
            assertThat(server.port()).isEqualTo(database.port());
            run(database, "INSERT INTO t SELECT n + 1 FROM t", "SELECT 1 / (count(*) - 1) FROM t");
        }
    }

    private static void createTopic(TestKafka kafka, String name) throws Exception {
        try (var admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Iterable<String> topics(TestKafka kafka) throws Exception {
        try (var admin = admin(kafka)) {
            return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Admin admin(TestKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void send(TestKafka kafka, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Reads as a group does, and commits. */
    private static List<String> read(TestKafka kafka, String topic, String group, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", kafka.bootstrapServers(), "group.id", group, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var values = new java.util.ArrayList<String>();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(java.time.Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
            return values;
        }
    }

    private static void run(Database database, String... statements) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static boolean listens(String hostAndPort) {
        var colon = hostAndPort.lastIndexOf(':');
        try (var socket = new Socket()) {
            var port = Integer.parseInt(hostAndPort.substring(colon + 1));
            socket.connect(new InetSocketAddress(hostAndPort.substring(0, colon), port), 1000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
