package org.facteur.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.admin.cli.ApiClient;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.platform.dns.ZoneServer;

/**
 * Measures a server that it starts: deliveries by size and number of connections, IMAP on a large mailbox, memory. Everything
 * comes from one run of one process, since machines drift; see bench/README.md for what each column means.
 */
public final class Bench {
    private static final int ACCOUNTS = 100;
    private static final int DISTINCT = 400;
    private static final String PASSWORD = "bench-password";
    private static final int LARGE_MAILBOX = 10_000;

    private final Path command;
    private final Path scratch;
    private final double scale;
    private final List<Row> rows = new ArrayList<>();

    private Bench(Path command, Path scratch, double scale) {
        this.command = command;
        this.scratch = scratch;
        this.scale = scale;
    }

    /** Arguments: the facteur script, a scratch directory, and optionally a factor on the number of messages. */
    public static void main(String[] args) throws Exception {
        double scale = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        new Bench(Path.of(args[0]), Path.of(args[1]), scale).run();
    }

    private void run() throws IOException, InterruptedException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.createDirectories(scratch);
        try (ZoneServer zone = ZoneServer.start(zone(pair));
                Server server = Server.start(command, scratch.resolve("data"), zone.hostAndPort())) {
            measure(server, new DkimSigner(Clock.systemUTC()), pair);
        }
    }

    private void measure(Server server, DkimSigner signer, KeyPair pair) throws IOException, InterruptedException {
        ApiClient api = new ApiClient("http://127.0.0.1:" + server.port("ADMIN"), server.token());
        api.put("/api/domains/bench.test", Map.of());
        for (int i = 0; i < ACCOUNTS; i++) {
            api.put("/api/accounts/" + account(i), Map.of("password", PASSWORD));
        }
        TimeUnit.SECONDS.sleep(20);
        long idle = server.residentBytes();

        List<DkimSigningKey> keys =
                List.of(new DkimSigningKey("sender.test", "s1", DkimAlgorithm.RSA_SHA256, pair.getPrivate()));
        SignedMessages small = new SignedMessages(4 * 1024, DISTINCT, message -> sign(signer, keys, message));
        SignedMessages large = new SignedMessages(50 * 1024, DISTINCT, message -> sign(signer, keys, message));

        System.out.println(Row.HEAD);
        deliver(server, small, 4096, 20, 60_000, false); // until the Java machine has compiled what is hot
        deliver(server, small, 4096, 1, 1_000, true);
        deliver(server, small, 4096, 20, 20_000, true);
        deliver(server, small, 4096, 100, 20_000, true);
        long busy = server.residentBytes();
        deliver(server, large, 50 * 1024, 1, 300, true);
        deliver(server, large, 50 * 1024, 20, 3_000, true);
        deliver(server, large, 50 * 1024, 100, 3_000, true);
        imap(server, small);
        System.out.printf(
                Locale.ROOT,
                "resident memory, Kafka and PostgreSQL included: %d MB idle, %d MB under load%n",
                idle >> 20,
                busy >> 20);
    }

    private void deliver(Server server, SignedMessages messages, int octets, int connections, int count, boolean show)
            throws IOException, InterruptedException {
        int metrics = server.port("METRICS");
        int total = Math.max(connections, (int) (count * scale));
        Scrape before = Scrape.of(metrics);
        double processor = server.processorSeconds();
        long begin = System.nanoTime();
        SmtpLoad load = new SmtpLoad(new InetSocketAddress("127.0.0.1", server.port("SMTP")));
        SmtpLoad.Result result = load.run(connections, total, messages::wire, Bench::account);
        long wanted = before.delivered() + result.transactions().count();
        Scrape after = Scrape.of(metrics);
        for (int i = 0; i < 6000 && after.delivered() < wanted; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
            after = Scrape.of(metrics);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long delivered = after.delivered() - before.delivered();
        // Journeys and commits trail behind a little: they belong to the cost of these messages.
        TimeUnit.SECONDS.sleep(2);
        Row row = new Row(
                octets,
                connections,
                total,
                result.perSecond(),
                delivered / seconds,
                result.transactions().millis(0.5),
                result.transactions().millis(0.95),
                after.deliveryMillis(before, 0.5),
                after.deliveryMillis(before, 0.95),
                after.deliveryMillis(before, 0.99),
                (server.processorSeconds() - processor) / total * 1000,
                result.refused());
        if (show) {
            rows.add(row);
            System.out.println(row);
        }
    }

    private void imap(Server server, SignedMessages messages) throws IOException, InterruptedException {
        SmtpLoad load = new SmtpLoad(new InetSocketAddress("127.0.0.1", server.port("SMTP")));
        String reader = "large@bench.test";
        ApiClient api = new ApiClient("http://127.0.0.1:" + server.port("ADMIN"), server.token());
        api.put("/api/accounts/" + reader, Map.of("password", PASSWORD));
        TimeUnit.SECONDS.sleep(2);
        int total = (int) (LARGE_MAILBOX * scale);
        Scrape before = Scrape.of(server.port("METRICS"));
        load.run(20, total, messages::wire, n -> reader);
        while (Scrape.of(server.port("METRICS")).delivered() < before.delivered() + total) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        try (ImapLoad imap = new ImapLoad(server.port("IMAP"))) {
            imap.run("LOGIN " + reader + " " + PASSWORD);
            show("SELECT of " + total + " messages", imap.run("SELECT INBOX"));
            show("SELECT again", imap.run("SELECT INBOX"));
            show("FETCH 1:* (UID FLAGS)", imap.run("FETCH 1:* (UID FLAGS)"));
            show("FETCH 1:* (UID ENVELOPE BODYSTRUCTURE)", imap.run("FETCH 1:* (UID ENVELOPE BODYSTRUCTURE)"));
            long nanos = imap.run("FETCH 1:* BODY.PEEK[]");
            show("FETCH 1:* BODY.PEEK[]", nanos);
            System.out.printf(Locale.ROOT, "  %.0f MB/s%n", imap.octets() / 1e6 / (nanos / 1e9));
            long[] stores = new long[200];
            for (int i = 0; i < stores.length; i++) {
                stores[i] = imap.run("STORE " + (1 + i % total) + " +FLAGS (\\Flagged)");
            }
            Percentiles store = new Percentiles(stores);
            System.out.printf(
                    Locale.ROOT,
                    "STORE of one message: p50 %.1f ms, p95 %.1f ms%n",
                    store.millis(0.5),
                    store.millis(0.95));
        }
    }

    private static void show(String what, long nanos) {
        System.out.printf(Locale.ROOT, "%s: %.1f ms%n", what, nanos / 1e6);
    }

    private static String account(int n) {
        return "reader" + n % ACCOUNTS + "@bench.test";
    }

    private static byte[] sign(DkimSigner signer, List<DkimSigningKey> keys, byte[] message) {
        return signer.sign(message, 0, message.length, keys).getBytes(StandardCharsets.US_ASCII);
    }

    static String zone(KeyPair pair) {
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        return String.join(
                "\n",
                "sender.test. 3600 TXT \"v=spf1 ip4:127.0.0.1 -all\"",
                "sender.test. 3600 MX 10 mx.sender.test.",
                "mx.sender.test. 3600 A 127.0.0.1",
                "s1._domainkey.sender.test. 3600 TXT \"v=DKIM1; k=rsa; p=" + key.substring(0, 200) + "\" \""
                        + key.substring(200) + "\"",
                "_dmarc.sender.test. 3600 TXT \"v=DMARC1; p=reject\"",
                "1.0.0.127.in-addr.arpa. 3600 PTR mx.sender.test.",
                "");
    }
}
