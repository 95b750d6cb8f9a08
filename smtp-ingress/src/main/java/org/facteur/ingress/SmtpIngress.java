package org.facteur.ingress;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.mail.record.Topic;
import org.facteur.platform.config.Setting;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;
import org.facteur.platform.net.CertificateMetrics;
import org.facteur.platform.net.ConnectionCounts;
import org.facteur.platform.net.ConnectionLimits;
import org.facteur.platform.net.LineEnds;
import org.facteur.platform.net.LineServer;
import org.facteur.platform.net.ListenerSettings;
import org.facteur.platform.net.NetSettings;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.net.TlsMode;
import org.facteur.platform.security.Authenticator;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;

/** The three SMTP listeners, and what they share. */
public final class SmtpIngress extends VerticleBase {
    /** The service's name on the command line, and its stage's in journeys. */
    public static final String NAME = "smtp-ingress";

    /** All settings of this service. */
    public static final List<Setting<?>> SETTINGS = IngressSettings.SETTINGS;

    private static final Duration IDLE = Duration.ofMinutes(5); // RFC 5321 section 4.5.3.2.7
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration DRAIN = Duration.ofSeconds(25);
    private static final int LONGEST_LINE = 12_288; // RFC 4954 section 4 for AUTH
    private static final int CONNECTIONS = 10_000;

    private final ServiceContext services;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final List<LineServer> servers = new ArrayList<>();
    private RecordProducer mail;
    private RecordProducer journeyProducer;

    /** An ingress for this process. */
    public SmtpIngress(ServiceContext services) {
        this.services = services;
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, SETTINGS, SmtpIngress::new);
    }

    @Override
    public Future<?> start() {
        IngressSettings settings = IngressSettings.from(services.environment());
        NetSettings net = NetSettings.from(services.environment());
        Directory directory = Directory.of(services.kafka());
        mail = services.kafka().durableProducer(NAME);
        journeyProducer = services.kafka().journeyProducer();
        Replies verdicts = services.kafka().replies(Topic.VERDICTS);
        Ingress ingress = ingress(settings, directory, verdicts);
        return directory
                .caughtUp()
                .compose(ready -> verdicts.ready())
                .compose(ready -> vertx.executeBlocking(() -> net.identity(services.common())))
                .compose(tls -> {
                    tls.watch(vertx, Duration.ofSeconds(10));
                    CertificateMetrics.register(services.meters(), tls, services.clock());
                    return listen(
                                    Role.MX,
                                    TlsMode.STARTTLS,
                                    IngressSettings.SMTP_PORT,
                                    settings.mxPort(),
                                    net,
                                    tls,
                                    ingress)
                            .compose(mx -> listen(
                                    Role.SUBMISSION,
                                    TlsMode.STARTTLS,
                                    IngressSettings.SUBMISSION_PORT,
                                    settings.submissionPort(),
                                    net,
                                    tls,
                                    ingress))
                            .compose(submission -> listen(
                                    Role.SUBMISSIONS,
                                    TlsMode.IMPLICIT,
                                    IngressSettings.SUBMISSIONS_PORT,
                                    settings.submissionsPort(),
                                    net,
                                    tls,
                                    ingress));
                });
    }

    @Override
    public Future<?> stop() {
        return Future.all(servers.stream().map(server -> server.close(DRAIN)).toList())
                .compose(closed -> mail.close())
                .compose(closed -> journeyProducer.close());
    }

    /** The ports that are listened on, by listener. */
    public Map<String, Integer> ports() {
        return ports;
    }

    private Ingress ingress(IngressSettings settings, Directory directory, Replies verdicts) {
        String hostname = services.common().hostname();
        Journeys journeys = new Journeys(journeyProducer);
        return new Ingress(
                hostname,
                settings,
                Math.toIntExact(services.common().inlineLimit()),
                directory,
                new Authenticator(vertx, directory, services.clock()),
                services.bodies(),
                new MemoryBudget(settings.memory()),
                new MxAcceptance(mail, verdicts, journeys, settings.verdictTimeout(), services.clock()),
                new SubmissionAcceptance(mail, journeys, directory, hostname, services.clock()),
                new IngressMetrics(services.meters()),
                services.clock());
    }

    private Future<Void> listen(
            Role role,
            TlsMode mode,
            Setting<Integer> variable,
            int port,
            NetSettings net,
            TlsIdentity tls,
            Ingress ingress) {
        ConnectionLimits limits = ConnectionLimits.DEFAULT
                .withConnections(CONNECTIONS, net.connectionsPerAddress())
                .withTimeouts(IDLE, SESSION)
                .withLineLength(LONGEST_LINE);
        ListenerSettings listener = ListenerSettings.of(
                        role.listener(), services.common().bind(), port, mode, LineEnds.CRLF_ONLY)
                .withLimits(limits)
                .withProxyFrom(net.proxiesFor(role.listener()))
                .withRefusal("421 4.7.0 too many connections, come again later");
        LineServer server = new LineServer(
                vertx,
                listener,
                Optional.of(tls),
                new ConnectionCounts(),
                connection -> new SmtpSession(connection, role, ingress));
        servers.add(server);
        return server.listen()
                .<Void>map(bound -> {
                    ports.put(role.listener(), bound);
                    return null;
                })
                .recover(cause -> Future.failedFuture(
                        new IOException(variable.name() + "=" + port + ": " + cause.getMessage(), cause)));
    }
}
