package org.facteur.standalone;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.facteur.admin.Admin;
import org.facteur.admin.AdminSettings;
import org.facteur.embedded.EmbeddedKafka;
import org.facteur.embedded.EmbeddedKafkaSettings;
import org.facteur.embedded.EmbeddedPostgresServer;
import org.facteur.embedded.EmbeddedPostgresSettings;
import org.facteur.imap.ImapGateway;
import org.facteur.ingress.SmtpIngress;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.metrics.Meters;
import org.facteur.platform.metrics.MetricsServer;
import org.facteur.platform.security.Passwords;
import org.facteur.platform.security.Seal;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceContexts;

/**
 * The whole platform in one process: the broker and the database (unless the environment names others), then every service,
 * all of it under FACTEUR_DATA. Starting blocks until mail is taken; closing drains the services and stops what was started,
 * in the opposite order. One process at a time has a data directory.
 */
public final class Standalone implements AutoCloseable {
    private static final String EMBEDDED = "embedded";
    private static final String DATABASE = "facteur";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private Environment environment;
    private CommonSettings common;
    private EmbeddedKafka kafka;
    private EmbeddedPostgresServer postgres;
    private volatile boolean up;

    private Standalone(Environment environment) {
        this.environment = environment;
    }

    /** Starts everything; fails with {@link SettingException}, or with what could not start after stopping the rest. */
    public static Standalone start(Environment given) throws Exception {
        Environment environment = StandaloneDefaults.apply(given);
        environment.refuseUnknown(Service.allSettings());
        Service.allSettings().forEach(environment::get);
        Standalone standalone = new Standalone(environment);
        try {
            standalone.run();
            return standalone;
        } catch (Exception e) {
            standalone.close();
            throw e;
        }
    }

    /** The ports that are listened on, by name: smtp, submission, submissions, imap, imaps, admin, metrics. */
    public Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    /** The API's bearer token. */
    public String token() {
        return environment.get(AdminSettings.TOKEN);
    }

    /** The settings in force. */
    public CommonSettings settings() {
        return common;
    }

    /** The broker that was started here, for tests that stop it. */
    EmbeddedKafka kafka() {
        return kafka;
    }

    /** The database server that was started here, for tests that stop it. */
    EmbeddedPostgresServer postgres() {
        return postgres;
    }

    private void run() throws Exception {
        Path data = environment.get(CommonSettings.DATA).toAbsolutePath().normalize();
        prepare(data);
        CompletableFuture<Void> database = CompletableFuture.runAsync(() -> unchecked(() -> startPostgres(data)));
        try {
            startKafka(data);
        } finally {
            database.join();
        }
        common = CommonSettings.from(environment);
        Vertx vertx = Vertx.vertx();
        closeLater(() -> await(vertx.close()));
        Meters meters = new Meters("facteur");
        closeLater(meters);
        Health health = new Health();
        health.ready("every service started", () -> up);
        KafkaSettings kafkaSettings = KafkaSettings.of(common);
        ServiceContext services = ServiceContexts.create(
                vertx, environment, common, kafka == null ? kafkaSettings : kafkaSettings.alone(), meters, health);
        closeLater(() -> await(services.bodies().close()));
        closeLater(() -> await(services.kafka().close()));
        await(services.kafka().createTopics());
        MetricsServer metrics = new MetricsServer(common.bind(), common.metricsPort(), meters, health);
        deploy(vertx, metrics);
        for (Service service : Service.ALL) {
            Deployable verticle = service.make().apply(services);
            deploy(vertx, verticle);
            note(verticle);
        }
        ports.put("metrics", metrics.port());
        up = true;
    }

    private void note(Deployable verticle) {
        if (verticle instanceof SmtpIngress ingress) {
            ports.putAll(ingress.ports());
        } else if (verticle instanceof ImapGateway imap) {
            ports.put("imap", imap.ports().get(0));
            ports.put("imaps", imap.ports().get(1));
        } else if (verticle instanceof Admin admin) {
            ports.put("admin", admin.port());
        }
    }

    /** Makes the directory, locks it, and makes or reads the secrets. */
    private void prepare(Path data) throws IOException {
        Files.createDirectories(data);
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        closeLater(channel);
        if (!isOurs(channel)) {
            throw new SettingException(CommonSettings.DATA.name() + "=" + data
                    + ": another Facteur runs there; accepted is a directory of its own");
        }
        Secrets secrets = new Secrets(data);
        Map<String, String> made = new LinkedHashMap<>();
        made.put(CommonSettings.DATA.name(), data.toString());
        if (!environment.has(CommonSettings.MASTER_KEY)) {
            made.put(CommonSettings.MASTER_KEY.name(), secrets.get("master-key", Seal::newKey));
        }
        if (environment.has(AdminSettings.TOKEN)) {
            secrets.keep("admin-token", environment.get(AdminSettings.TOKEN));
        } else {
            made.put(AdminSettings.TOKEN.name(), secrets.get("admin-token", Passwords::random));
        }
        environment = environment.with(made);
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private void startKafka(Path data) throws IOException {
        if (environment.get(CommonSettings.KAFKA).equals(EMBEDDED)) {
            kafka = EmbeddedKafka.start(data.resolve("kafka"), EmbeddedKafkaSettings.defaults());
            closeLater(kafka);
            set(CommonSettings.KAFKA.name(), kafka.bootstrapServers());
        }
    }

    private void startPostgres(Path data) throws IOException, SQLException {
        if (environment.get(CommonSettings.POSTGRES).equals(EMBEDDED)) {
            postgres = EmbeddedPostgresServer.start(data.resolve("postgres"), EmbeddedPostgresSettings.defaults());
            closeLater(postgres);
            Databases databases = new Databases(postgres, new Secrets(data), DATABASE);
            databases.create();
            databases.uris().forEach(this::set);
        }
    }

    private synchronized void set(String name, String value) {
        environment = environment.with(Map.of(name, value));
    }

    private synchronized void closeLater(AutoCloseable resource) {
        started.push(resource);
    }

    private void deploy(Vertx vertx, Deployable verticle) {
        String id = await(vertx.deployVerticle(verticle));
        closeLater(() -> await(vertx.undeploy(id)));
    }

    /** Stops everything, the newest first; what fails to stop does not keep the rest. */
    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static <T> T await(Future<T> future) {
        return future.await();
    }

    /** A step that may fail in the usual ways. */
    private interface Step {
        void run() throws IOException, SQLException;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
