package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Topic;
import org.facteur.mailbox.api.StoreSettings;
import org.facteur.platform.config.Setting;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages over mail.deliver and mailbox.commands, and the accounts' folders. */
public final class MailboxStore extends VerticleBase {
    /** The service's name on the command line. */
    public static final String NAME = "mailbox-store";

    /** It has none of its own but what it shares with the gateways. */
    public static final List<Setting<?>> SETTINGS = List.of(StoreSettings.POSTGRES_READ);

    private static final Logger LOG = LoggerFactory.getLogger(MailboxStore.class);
    private static final String MIGRATIONS = "org/facteur/mailbox/store/migrations";
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int BATCH = 200;
    private static final int POOL_SIZE = 6;

    private final ServiceContext services;
    private Pool pool;
    private RecordProducer producer;
    private Announcements announcements;
    private Collector collector;
    private Stage deliveries;
    private Stage commands;
    private boolean stopping;
    private Future<Void> accountWork = Future.succeededFuture();

    /** A store for this process. */
    public MailboxStore(ServiceContext services) {
        this.services = services;
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, MailboxStore::new);
    }

    @Override
    public Future<?> start() {
        String postgres = services.common().postgres();
        TableView<AddressEntry> addresses = services.kafka().table(Topic.ADDRESSES, AddressEntry.class);
        Directory directory = Directory.of(services.kafka());
        pool = PgPools.create(vertx, postgres, NAME, POOL_SIZE, StoreSettings.SCHEMA);
        producer = services.kafka().swiftProducer(NAME);
        announcements =
                new Announcements(vertx, pool, producer, services.kafka().journeyProducer());
        collector = new Collector(vertx, pool, services.bodies(), services.clock());
        Accounts accounts = new Accounts(pool, services.clock());
        EmailIds ids = new EmailIds(pool);
        Preparation preparation = new Preparation(vertx, services.bodies());
        StoreMetrics metrics = new StoreMetrics(services.meters());
        DeliveryStage delivery = new DeliveryStage(
                vertx,
                directory,
                accounts,
                preparation,
                new Deliveries(pool, ids, services.clock(), metrics),
                announcements,
                metrics,
                services.clock());
        CommandStage command = new CommandStage(
                pool, directory, accounts, ids, preparation, announcements, producer, services.clock());
        deliveries = services.kafka().batchStage(new StageSettings(NAME, Topic.DELIVER, BATCH), delivery::deliver);
        commands =
                services.kafka().batchStage(new StageSettings(NAME + "-commands", Topic.COMMANDS, BATCH), command::run);
        return Migrations.run(vertx, postgres, StoreSettings.SCHEMA, MIGRATIONS)
                .compose(migrated -> directory.caughtUp())
                .compose(ready -> {
                    addresses.onChange(
                            (address, entry) -> context.runOnContext(run -> accountChanged(accounts, address, entry)));
                    announcements.start();
                    collector.start();
                    return Future.all(deliveries.start(), commands.start());
                });
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        collector.stop();
        return Future.all(deliveries.stop(), commands.stop())
                .compose(stopped -> announcements.stop())
                .compose(told -> producer.close())
                .compose(closed -> pool.close());
    }

    /** A new account gets its folders at once, so that its owner can log in before any mail comes. */
    private void accountChanged(Accounts accounts, String address, Optional<AddressEntry> entry) {
        boolean account = entry.map(AddressEntry::kind)
                .filter(AddressEntry.Kind.ACCOUNT::equals)
                .isPresent();
        // One after the other: an account that is removed and made again must end as it is in the directory.
        accountWork = accountWork.compose(before ->
                untilDone(address, () -> account ? accounts.get(address).mapEmpty() : removed(accounts, address)));
    }

    private Future<Void> removed(Accounts accounts, String address) {
        return accounts.remove(address).onSuccess(done -> announcements.removed(address));
    }

    /** Tries again while the database is down: mail of an account that was removed must not wait for its next owner. */
    private Future<Void> untilDone(String address, Supplier<Future<Void>> work) {
        return work.get().recover(cause -> {
            if (stopping) {
                return Future.succeededFuture();
            }
            LOG.warn("{}: folders not made or removed, tried again: {}", address, cause.toString());
            return vertx.timer(RETRY.toSeconds(), TimeUnit.SECONDS).compose(tick -> untilDone(address, work));
        });
    }
}
