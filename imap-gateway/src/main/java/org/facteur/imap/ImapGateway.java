package org.facteur.imap;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.facteur.imap.session.ImapLimits;
import org.facteur.imap.session.ImapMeters;
import org.facteur.imap.session.ImapServices;
import org.facteur.imap.store.Mailboxes;
import org.facteur.imap.store.StoredMailboxes;
import org.facteur.imap.view.MailboxViews;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MailboxEvent;
import org.facteur.mail.record.Topic;
import org.facteur.mailbox.api.MailboxCommands;
import org.facteur.mailbox.api.MailboxReads;
import org.facteur.mailbox.api.StoreSettings;
import org.facteur.platform.config.Setting;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.net.CertificateMetrics;
import org.facteur.platform.net.NetSettings;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.security.Authenticator;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;
import org.facteur.platform.sql.PgPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The IMAP server as a service: builds the pieces, listens, follows mailbox.events. */
public final class ImapGateway extends VerticleBase {
    /** The service's name on the command line. */
    public static final String NAME = "imap-gateway";

    /** All settings beside the common ones. */
    public static final List<Setting<?>> SETTINGS = settings();

    private static final Logger LOG = LoggerFactory.getLogger(ImapGateway.class);
    private static final int DATABASE_CONNECTIONS = 10;
    private static final Duration CERTIFICATE_CHECK = Duration.ofMinutes(1);
    private static final Duration MISSED_EVENTS = Duration.ofMinutes(1);

    private final ServiceContext context;
    private final ImapSettings settings;
    private final NetSettings net;
    private Pool pool;
    private RecordProducer producer;
    private Replies replies;
    private Stage events;
    private ImapServer server;
    private List<Integer> ports = List.of();

    /** A gateway for this process; reads its settings. */
    public ImapGateway(ServiceContext context) {
        this.context = context;
        this.settings = ImapSettings.from(context.environment());
        this.net = NetSettings.from(context.environment());
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, ImapGateway::new);
    }

    @Override
    public Future<?> start() {
        pool = PgPools.create(vertx, readUri(), NAME, DATABASE_CONNECTIONS, StoreSettings.SCHEMA);
        producer = context.kafka().durableProducer(NAME);
        replies = context.kafka().replies(Topic.REPLIES);
        Directory directory = Directory.of(context.kafka());
        context.health().ready(NAME + " directory caught up", directory::isReady);
        Mailboxes mailboxes =
                new StoredMailboxes(new MailboxReads(pool), new MailboxCommands(producer, replies, context.clock()));
        MailboxViews views = new MailboxViews(vertx, mailboxes::changesAfter);
        events = context.kafka().broadcast(Topic.EVENTS, record -> {
            views.changed(Json.read(record.value(), MailboxEvent.class));
            return Future.succeededFuture();
        });
        vertx.setPeriodic(MISSED_EVENTS.toMillis(), ignored -> views.refreshAll());
        ImapServices services = new ImapServices(
                vertx,
                context.common().hostname(),
                new Authenticator(vertx, directory, context.clock()),
                mailboxes,
                views,
                context.bodies(),
                new ImapLimits(settings.maxMessage(), context.common().inlineLimit()),
                new ImapMeters(context.meters()),
                context.clock());
        return vertx.executeBlocking(() -> net.identity(context.common()), false)
                .compose(identity -> listen(services, identity))
                .compose(listening -> replies.ready())
                .compose(ready -> events.start());
    }

    @Override
    public Future<?> stop() {
        return server.close()
                .compose(closed -> events.stop())
                .compose(stopped -> replies.close())
                .compose(closed -> producer.close())
                .compose(closed -> pool.close());
    }

    /** The ports that it listens on, imap first; for tests. */
    public List<Integer> ports() {
        return ports;
    }

    private Future<Void> listen(ImapServices services, TlsIdentity identity) {
        vertx.setPeriodic(CERTIFICATE_CHECK.toMillis(), ignored -> vertx.executeBlocking(identity::refresh, false));
        CertificateMetrics.register(context.meters(), identity, context.clock());
        server = new ImapServer(services, settings, net, context.common().bind(), identity);
        return server.listen().map(bound -> {
            ports = bound;
            LOG.info("imap on port {}, imaps on port {}", bound.get(0), bound.get(1));
            return null;
        });
    }

    /** Where a log-in that may only read is set, that one is used. */
    private String readUri() {
        return context.environment().has(StoreSettings.POSTGRES_READ)
                ? context.environment().get(StoreSettings.POSTGRES_READ)
                : context.common().postgres();
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(NetSettings.SETTINGS);
        all.addAll(ImapSettings.SETTINGS);
        all.add(StoreSettings.POSTGRES_READ);
        return List.copyOf(all);
    }
}
