package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Topic;
import org.facteur.platform.config.Setting;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.queue.DeferredQueue;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;

/** The stage from mail.outbound to other domains' MXs, with the deferred queue behind it. */
public final class SmtpEgress extends VerticleBase {
    /** The stage's name, and the service's on the command line. */
    public static final String NAME = "smtp-egress";

    /** All settings of this service. */
    public static final List<Setting<?>> SETTINGS =
            List.of(EgressSettings.PORT, EgressSettings.SMARTHOST, EgressSettings.RETRY, EgressSettings.CONNECTIONS);

    private static final int IN_FLIGHT = 200;
    private static final int POOL_SIZE = 4;

    private final ServiceContext services;
    private Pool pool;
    private RecordProducer mail;
    private RecordProducer journeys;
    private Delivery delivery;
    private DeferredWorker worker;
    private Stage stage;

    /** An egress for this process. */
    public SmtpEgress(ServiceContext services) {
        this.services = services;
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, SmtpEgress::new);
    }

    @Override
    public Future<?> start() {
        EgressSettings settings = EgressSettings.from(services.environment());
        String postgres = services.common().postgres();
        Directory directory = Directory.of(services.kafka());
        pool = PgPools.create(vertx, postgres, NAME, POOL_SIZE, DeferredQueue.SCHEMA);
        mail = services.kafka().durableProducer(NAME);
        journeys = services.kafka().journeyProducer();
        delivery = new Delivery(vertx, services.dns(), services.bodies(), settings);
        DeferredQueue queue = new DeferredQueue(pool);
        EgressMetrics metrics = new EgressMetrics(services.meters(), services.clock());
        Attempts attempts = new Attempts(
                delivery, queue, directory, services.bodies(), mail, journeys, settings, metrics, services.clock());
        worker = new DeferredWorker(vertx, queue, attempts, metrics, services.clock());
        stage = services.kafka()
                .stage(
                        new StageSettings(NAME, Topic.OUTBOUND, IN_FLIGHT),
                        record -> attempts.first(MailRecord.from(record, Outbound.class)));
        return Migrations.run(vertx, postgres, DeferredQueue.SCHEMA, DeferredQueue.MIGRATIONS)
                .compose(migrated -> directory.caughtUp())
                .compose(ready -> {
                    worker.start();
                    return stage.start();
                });
    }

    @Override
    public Future<?> stop() {
        return stage.stop()
                .compose(stopped -> worker.stop())
                .compose(stopped -> delivery.close())
                .compose(closed -> mail.close())
                .compose(closed -> journeys.close())
                .compose(closed -> pool.close());
    }
}
