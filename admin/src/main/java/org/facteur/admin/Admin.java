package org.facteur.admin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facteur.admin.api.AccountsApi;
import org.facteur.admin.api.AliasesApi;
import org.facteur.admin.api.Api;
import org.facteur.admin.api.DeadApi;
import org.facteur.admin.api.DomainsApi;
import org.facteur.admin.api.MessagesApi;
import org.facteur.admin.api.QueueApi;
import org.facteur.admin.api.ReportsApi;
import org.facteur.admin.api.VerifyApi;
import org.facteur.admin.canary.Canary;
import org.facteur.admin.canary.CanarySettings;
import org.facteur.admin.dead.DeadLetters;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.admin.dmarc.DailyReports;
import org.facteur.admin.dmarc.DmarcSettings;
import org.facteur.admin.dns.DnsCheck;
import org.facteur.admin.journey.JourneyCollector;
import org.facteur.admin.journey.JourneyRows;
import org.facteur.admin.reports.ReceivedReports;
import org.facteur.admin.reports.ReportRows;
import org.facteur.admin.reports.ReportSummaries;
import org.facteur.admin.verify.Explanations;
import org.facteur.admin.watch.DirectoryMetrics;
import org.facteur.admin.watch.KafkaWatch;
import org.facteur.admin.watch.PostgresWatch;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DkimKeyEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.config.Setting;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.queue.DeferredQueue;
import org.facteur.platform.security.Passwords;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST API over the directory, the queue and the journeys, and the stage that collects journeys. */
public final class Admin extends VerticleBase {
    /** The service's name on the command line, and its stage's. */
    public static final String NAME = "admin";

    /** All settings of this service. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
                    AdminSettings.SETTINGS, CanarySettings.SETTINGS, DmarcSettings.SETTINGS)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);
    private static final String SCHEMA = "admin";
    private static final String MIGRATIONS = "org/facteur/admin/migrations";
    private static final int POOL_SIZE = 6;
    private static final int JOURNEYS_IN_A_BATCH = 2000;
    private static final int REPORTS_AT_ONCE = 1; // a hostile one takes tens of megabytes

    private final ServiceContext services;
    private Pool pool;
    private Pool queuePool;
    private RecordProducer producer;
    private RecordProducer swift;
    private Replies explanations;
    private Outbox outbox;
    private Stage journeys;
    private Stage dead;
    private Stage reports;
    private DailyReports dailyReports;
    private Optional<Canary> canary = Optional.empty();
    private KafkaWatch kafkaWatch;
    private PostgresWatch postgresWatch;
    private HttpServer server;

    /** An admin for this process. */
    public Admin(ServiceContext services) {
        this.services = services;
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, Admin::new);
    }

    @Override
    public Future<?> start() {
        AdminSettings settings = AdminSettings.from(services.environment());
        if (settings.token().isEmpty()) {
            throw new SettingException(AdminSettings.TOKEN.name() + "=: accepted is a secret of your choice");
        }
        String postgres = services.common().postgres();
        pool = PgPools.create(vertx, postgres, NAME, POOL_SIZE, SCHEMA);
        queuePool = PgPools.create(vertx, postgres, NAME + "-queue", 2, DeferredQueue.SCHEMA);
        producer = services.kafka().durableProducer(NAME);
        swift = services.kafka().swiftProducer(NAME + "-requests");
        explanations = services.kafka().replies(Topic.AUTH_REPLIES);
        outbox = new Outbox(vertx, pool, producer);
        canary = Canary.from(services, new DirectoryRows(pool), outbox);
        JourneyRows rows = new JourneyRows(pool);
        journeys = services.kafka()
                .batchStage(
                        new StageSettings(NAME, Topic.JOURNEY, JOURNEYS_IN_A_BATCH),
                        new JourneyCollector(rows)::collect);
        DeadLetters letters = new DeadLetters(pool, producer);
        dead = services.kafka().stage(new StageSettings(NAME + "-dead", Topic.DEAD, 10), letters::keep);
        ReportRows reportRows = new ReportRows(pool);
        reports = services.kafka()
                .stage(
                        new StageSettings(NAME + "-reports", Topic.REPORTS, REPORTS_AT_ONCE),
                        new ReceivedReports(services, reportRows)::take);
        dailyReports = new DailyReports(services, NAME, pool, producer);
        Api api = api(settings, rows, letters);
        kafkaWatch = new KafkaWatch(services);
        postgresWatch = new PostgresWatch(vertx, postgres, services.meters());
        DirectoryMetrics.register(
                services.meters(),
                services.kafka().table(Topic.DOMAINS, DomainEntry.class),
                services.kafka().table(Topic.ADDRESSES, AddressEntry.class),
                services.kafka().table(Topic.USAGE, UsageEntry.class));
        return Migrations.run(vertx, postgres, SCHEMA, MIGRATIONS)
                .compose(migrated -> Migrations.run(vertx, postgres, DeferredQueue.SCHEMA, DeferredQueue.MIGRATIONS))
                .compose(migrated -> {
                    outbox.start();
                    canary.ifPresent(Canary::start);
                    kafkaWatch.start();
                    postgresWatch.start();
                    vertx.setPeriodic(0, Duration.ofHours(1).toMillis(), tick -> clean(rows, reportRows, settings));
                    return Future.all(
                            journeys.start(),
                            dead.start(),
                            reports.start(),
                            dailyReports.start(),
                            explanations.ready());
                })
                .compose(started -> listen(api, settings));
    }

    @Override
    public Future<?> stop() {
        outbox.stop();
        return Future.all(kafkaWatch.stop(), postgresWatch.stop())
                .compose(stopped -> server.close())
                .compose(closed -> canary.map(Canary::stop).orElse(Future.succeededFuture()))
                .compose(stopped -> Future.all(journeys.stop(), dead.stop(), reports.stop(), dailyReports.stop()))
                .compose(stopped -> Future.all(producer.close(), swift.close()))
                .compose(closed -> pool.close())
                .compose(closed -> queuePool.close());
    }

    /** The port of console and API, once started. */
    public int port() {
        return server.actualPort();
    }

    private Api api(AdminSettings settings, JourneyRows rows, DeadLetters letters) {
        DirectoryRows directory = new DirectoryRows(pool);
        DnsCheck dns = new DnsCheck(
                services.dns(), services.common().hostname(), services.kafka().table(Topic.DKIM, DkimKeyEntry.class));
        Api api = new Api(vertx, settings.token());
        new DomainsApi(api, directory, outbox, dns, services.clock());
        new AccountsApi(
                api, directory, outbox, new Passwords(vertx), services.kafka().table(Topic.USAGE, UsageEntry.class));
        new AliasesApi(api, directory, outbox);
        new MessagesApi(api, rows, services.clock());
        new QueueApi(api, new DeferredQueue(queuePool), services.clock());
        new DeadApi(api, letters);
        new VerifyApi(
                api,
                new Explanations(swift, explanations, services.clock()),
                services.bodies(),
                services.common().inlineLimit(),
                settings);
        new ReportsApi(api, directory, new ReportSummaries(pool, services.dns()), services.clock());
        return api;
    }

    private Future<Void> listen(Api api, AdminSettings settings) {
        String host = services.common().bind();
        server = vertx.createHttpServer().requestHandler(api.router());
        return server.listen(settings.port(), host)
                .recover(cause -> Future.failedFuture(new IOException(
                        "FACTEUR_ADMIN_PORT: cannot listen on %s port %d: %s"
                                .formatted(host, settings.port(), cause.getMessage()),
                        cause)))
                .mapEmpty();
    }

    private void clean(JourneyRows rows, ReportRows reportRows, AdminSettings settings) {
        reportRows
                .deleteBefore(services.clock().instant().minus(settings.reportRetention()))
                .onFailure(cause -> LOG.warn("old reports are not deleted, trying again in an hour", cause));
        rows.deleteBefore(services.clock().instant().minus(settings.journeyRetention()))
                .onFailure(cause -> LOG.warn("old journeys are not deleted, trying again in an hour", cause));
    }
}
