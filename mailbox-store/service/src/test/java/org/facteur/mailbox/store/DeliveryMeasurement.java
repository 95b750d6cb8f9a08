package org.facteur.mailbox.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.embedded.EmbeddedPostgresServer;
import org.facteur.embedded.EmbeddedPostgresSettings;
import org.facteur.mail.record.Body;
import org.facteur.platform.kafka.RecordProducer;
import org.junit.jupiter.api.Test;

/**
 * What a delivery costs the store and the database, without Kafka; no test, so it runs only when named:
 * {@code -Dit.test=DeliveryMeasurement}. Every commit is flushed to the disk. Three batches are under way at once, as of three
 * partitions.
 */
class DeliveryMeasurement {
    private static final int ACCOUNTS = 100;
    private static final int MESSAGES = 20_000;
    private static final int SIZE = 4096;
    private static final int PARTITIONS = 3;
    private static final long TICKS_PER_SECOND = 100;

    private final Random random = new Random(1);

    @Test
    void measure() throws Exception {
        Path directory = Files.createTempDirectory("facteur-measurement");
        try (EmbeddedPostgresServer postgres =
                EmbeddedPostgresServer.start(directory.resolve("postgres"), EmbeddedPostgresSettings.defaults())) {
            postgres.execute(
                    EmbeddedPostgresServer.SUPERUSER,
                    "create role owner login createrole password 'secret'",
                    "create database facteur owner owner");
            String uri = postgres.uri("owner", "secret", "facteur");
            try (WriterFixture fixture = new WriterFixture(uri, Clock.systemUTC())) {
                for (int i = 0; i < ACCOUNTS; i++) {
                    fixture.account("user" + i + "@example.org");
                }
                WriterFixture.Instance instance = fixture.instance(new Nobody());
                List<String> texts = texts();
                run(fixture, instance, texts, 200, false);
                for (int batch : new int[] {1, 10, 50, 100, 200}) {
                    run(fixture, instance, texts, batch, true);
                }
                StoreFixture.await(instance.close());
            }
        }
    }

    /** Keeps nothing. */
    private static final class Nobody implements RecordProducer {
        @Override
        public Future<Void> send(ProducerRecord<String, byte[]> record) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private void run(
            WriterFixture fixture, WriterFixture.Instance instance, List<String> texts, int batch, boolean print)
            throws IOException {
        int messages = batch == 1 ? MESSAGES / 10 : MESSAGES;
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(messages);
        for (int i = 0; i < messages; i++) {
            String text = "Message-ID: <" + random.nextLong() + "@example.com>\r\n" + texts.get(i % texts.size());
            records.add(WriterFixture.record(
                    StoreFixture.newId(),
                    java.time.Instant.now(),
                    new Body.Inline(text.getBytes(US_ASCII)),
                    "user" + i % ACCOUNTS + "@example.org"));
        }
        long postgres = backend(fixture);
        long databaseBefore = ticks(postgres);
        long jvmBefore = jvmNanos();
        long begin = System.nanoTime();
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < PARTITIONS; lane++) {
            lanes.add(lane(instance, records, lane * batch, batch));
        }
        StoreFixture.await(Future.all(lanes));
        double seconds = (System.nanoTime() - begin) / 1e9;
        double jvm = (jvmNanos() - jvmBefore) / 1e6;
        double database = (ticks(postgres) - databaseBefore) * 1000.0 / TICKS_PER_SECOND;
        if (print) {
            System.out.printf(
                    "batches of %3d from %d partitions: %6.0f messages/s; ms of processor per 1,000 messages: JVM %.0f, PostgreSQL %.0f%n",
                    batch, PARTITIONS, messages / seconds, jvm * 1000 / messages, database * 1000 / messages);
        }
    }

    /** One batch after the other, every third of them, as a partition's lane hands them over. */
    private static Future<Void> lane(
            WriterFixture.Instance instance, List<ConsumerRecord<String, byte[]>> records, int from, int batch) {
        return from >= records.size()
                ? Future.succeededFuture()
                : instance.deliver(records.subList(from, Math.min(records.size(), from + batch)))
                        .compose(done -> lane(instance, records, from + PARTITIONS * batch, batch));
    }

    /** Messages of words, which compress as mail does: by about half. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            StringBuilder text =
                    new StringBuilder("From: Somebody <somebody@example.com>\r\nTo: You <you@example.org>\r\n"
                            + "Subject: About the meeting on Tuesday\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
                            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
            while (text.length() < SIZE) {
                text.append(Integer.toString(random.nextInt(1_000_000), 36));
                text.append(random.nextInt(12) == 0 ? "\r\n" : " ");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** Process id of the database server. */
    private static long backend(WriterFixture fixture) throws IOException {
        int backend = StoreFixture.await(
                        fixture.pool.query("select pg_backend_pid()").execute())
                .iterator()
                .next()
                .getInteger(0);
        return stat(backend)[1];
    }

    /** Processor time of a server and all its processes, of those that have ended too, in ticks. */
    private static long ticks(long server) {
        return ProcessHandle.of(server)
                        .orElseThrow()
                        .children()
                        .mapToLong(child -> time(child.pid(), false))
                        .sum()
                + time(server, true);
    }

    private static long time(long process, boolean withEnded) {
        try {
            long[] stat = stat(process);
            return stat[11] + stat[12] + (withEnded ? stat[13] + stat[14] : 0);
        } catch (IOException e) {
            return 0; // it has ended: its parent counts it
        }
    }

    /** The numbers of /proc/PID/stat behind the name: 1 is the parent, 11 and 12 are user and system time. */
    private static long[] stat(long process) throws IOException {
        String text = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long[] numbers = new long[15];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(fields[i]);
        }
        return numbers;
    }

    private static long jvmNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
