package org.facteur.admin.dmarc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.facteur.admin.dmarc.ObservationRows.Due;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.service.ServiceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the owner of each domain that asks for it one report a day (UTC) of what was observed. A report is made, handed to
 * mail.submitted and noted in one transaction, so instances take turns and a day is told once; after a crash between the two
 * the same report, with the same ids, leaves again. Reports leave between 00:15 and 04:00, each domain's at its own minute.
 * Call it on the context that made it.
 */
public final class DailyReports {
    private static final Logger LOG = LoggerFactory.getLogger(DailyReports.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final int SPREAD_MINUTES = 225;
    private static final int PATIENCE_DAYS = 2;
    private static final int KEPT_DAYS = 30;
    private static final int MOST_IN_A_BATCH = 2000;

    private final Vertx vertx;
    private final Clock clock;
    private final String hostname;
    private final long inlineLimit;
    private final DmarcSettings settings;
    private final Directory directory;
    private final BodyStore bodies;
    private final RecordProducer producer;
    private final Pool pool;
    private final ObservationRows rows;
    private final Destinations destinations;
    private final SentMeters meters;
    private final Stage observations;
    private long timer;
    private boolean underWay;
    private LocalDate cleaned = LocalDate.MIN;

    /** Over a pool whose search path is admin's schema; reports go through a durable producer. */
    public DailyReports(ServiceContext services, String name, Pool pool, RecordProducer producer) {
        vertx = services.vertx();
        clock = services.clock();
        hostname = services.common().hostname();
        inlineLimit = services.common().inlineLimit();
        settings = DmarcSettings.from(services.environment());
        directory = Directory.of(services.kafka());
        bodies = services.bodies();
        this.producer = producer;
        this.pool = pool;
        rows = new ObservationRows(pool);
        destinations = new Destinations(services.dns());
        meters = new SentMeters(services.meters());
        ObservationCollector collector = new ObservationCollector(rows);
        observations = services.kafka()
                .batchStage(
                        new StageSettings(name + "-observations", Topic.OBSERVATIONS, MOST_IN_A_BATCH),
                        records -> isOn() ? collector.collect(records) : Future.succeededFuture());
    }

    /** Begins to collect and to send. */
    public Future<Void> start() {
        if (isOn()) {
            timer = vertx.setPeriodic(PAUSE.toMillis(), PAUSE.toMillis(), tick -> sendDue());
        }
        return observations.start();
    }

    /** Stops both; a report under way ends. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return observations.stop();
    }

    private boolean isOn() {
        return settings.reports() == DmarcSettings.Switch.ON;
    }

    /** Sends what is due now, one report after the other; completes with how many left. */
    public Future<Integer> sendDue() {
        if (underWay) {
            return Future.succeededFuture(0);
        }
        underWay = true;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return directory
                .caughtUp()
                .compose(ready -> clean(today))
                .compose(done -> rows.due(today))
                .compose(due -> sendAll(due.stream().filter(this::isTime).toList(), 0, 0))
                .onFailure(cause -> LOG.warn("DMARC reports wait, trying again: {}", cause.toString()))
                .onComplete(done -> underWay = false);
    }

    /** Once a day. */
    private Future<Void> clean(LocalDate today) {
        return today.equals(cleaned)
                ? Future.succeededFuture()
                : rows.deleteBefore(today.minusDays(KEPT_DAYS)).onSuccess(done -> cleaned = today);
    }

    private boolean isTime(Due due) {
        Instant end = due.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        int minute = Math.floorMod(due.policyDomain().hashCode(), SPREAD_MINUTES);
        return !clock.instant().isBefore(end.plus(FIRST).plus(Duration.ofMinutes(minute)));
    }

    private Future<Integer> sendAll(List<Due> due, int index, int sent) {
        Optional<String> contact = settings.contact().or(() -> directory.postmaster(hostname));
        if (index == due.size() || contact.isEmpty()) {
            return Future.succeededFuture(sent);
        }
        Due one = due.get(index);
        return pool.withTransaction(connection -> send(connection, one, contact.get()))
                .recover(cause -> {
                    meters.count(SentMeters.Outcome.FAILED);
                    LOG.warn("no report to {} about {} yet: {}", one.policyDomain(), one.day(), cause.getMessage());
                    return Future.succeededFuture(false);
                })
                .compose(left -> sendAll(due, index + 1, left ? sent + 1 : sent));
    }

    private Future<Boolean> send(SqlConnection connection, Due due, String contact) {
        return ObservationRows.claim(connection, due)
                .compose(policy -> policy.isEmpty()
                        ? Future.succeededFuture(false)
                        : Future.all(ObservationRows.lines(connection, due), destinations(policy.get(), due))
                                .compose(both -> send(
                                        connection,
                                        due,
                                        report(due, policy.get(), contact, both.resultAt(0)),
                                        both.resultAt(1))));
    }

    /** DNS that does not answer is waited for, but not for ever. */
    private Future<List<ReportUri>> destinations(AuthObservation.Published policy, Due due) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return destinations
                .of(policy)
                .recover(cause -> due.day().plusDays(PATIENCE_DAYS).isBefore(today)
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(cause));
    }

    private AggregateReport report(
            Due due, AuthObservation.Published policy, String contact, List<AggregateReport.Line> lines) {
        boolean whole = lines.size() <= ObservationRows.MOST_ROWS;
        return new AggregateReport(
                hostname,
                contact,
                reportId(due),
                due.day(),
                policy,
                whole ? lines : lines.subList(0, ObservationRows.MOST_ROWS),
                whole ? "" : "Only the " + ObservationRows.MOST_ROWS + " rows with most messages are told.");
    }

    private Future<Boolean> send(
            SqlConnection connection, Due due, AggregateReport report, List<ReportUri> destinations) {
        return vertx.executeBlocking(() -> Addressed.of(report, destinations, clock.instant()), false)
                .compose(message -> (message.to().isEmpty() ? Future.<Void>succeededFuture() : submit(report, message))
                        .compose(submitted -> ObservationRows.done(
                                connection, due, clock.instant(), report.reportId(), message.to(), report.messages()))
                        .map(noted -> {
                            boolean sent = !message.to().isEmpty();
                            meters.count(sent ? SentMeters.Outcome.SENT : SentMeters.Outcome.NOWHERE);
                            return sent;
                        }));
    }

    /** A report and who gets it: those whose limit it keeps to. */
    private record Addressed(List<String> to, byte[] octets) {
        static Addressed of(AggregateReport report, List<ReportUri> destinations, Instant now) {
            List<String> all = destinations.stream().map(ReportUri::address).toList();
            byte[] octets = ReportMessage.of(report, all, now);
            List<String> fitting = destinations.stream()
                    .filter(uri -> uri.most() >= octets.length)
                    .map(ReportUri::address)
                    .toList();
            return new Addressed(
                    fitting, fitting.size() == all.size() ? octets : ReportMessage.of(report, fitting, now));
        }
    }

    private Future<Void> submit(AggregateReport report, Addressed message) {
        Submitted submitted = new Submitted(
                Submitted.VERSION,
                report.reportId(),
                clock.instant(),
                Submitted.Origin.SYSTEM,
                report.contact(),
                new Client("", hostname, ""),
                report.contact(),
                message.to().stream()
                        .flatMap(address -> directory.recipients(address).stream())
                        .toList(),
                false,
                "");
        if (submitted.recipients().isEmpty()) {
            return Future.succeededFuture(); // addresses of ours that lead nowhere
        }
        return body(message.octets())
                .compose(body ->
                        producer.send(new MailRecord<>(submitted, body).to(Topic.SUBMITTED, submitted.account())));
    }

    private Future<Body> body(byte[] octets) {
        return octets.length <= inlineLimit
                ? Future.succeededFuture(new Body.Inline(octets))
                : bodies.create().compose(writer -> writer.write(Buffer.buffer(octets))
                        .compose(written -> writer.finish())
                        .<Body>map(Body.Stored::new)
                        .recover(cause -> writer.discard().transform(discarded -> Future.failedFuture(cause))));
    }

    /** An id of a message of the platform ({@link org.facteur.mail.record.MessageId}) that is the same each time. */
    private String reportId(Due due) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((hostname + "/" + due.policyDomain() + "/" + due.day()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 13);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
