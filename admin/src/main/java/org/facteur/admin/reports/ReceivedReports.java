package org.facteur.admin.reports;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Topic;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.platform.service.ServiceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the stage does with one message of mail.reports: it reads the reports in it on a worker thread and keeps them, each
 * once. A message that holds none is kept as unreadable with the reason, and not tried again. A report whose sender fails DMARC
 * is kept, but its figures count for nothing.
 */
public final class ReceivedReports {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedReports.class);
    private static final int MOST_OCTETS = 8 * 1024 * 1024; // large ones in the wild have 1 MB, packed

    private final Vertx vertx;
    private final BodyStore bodies;
    private final TableView<DomainEntry> own;
    private final ReportRows rows;
    private final ReportMeters meters;

    /** Keeps them in these rows. */
    public ReceivedReports(ServiceContext services, ReportRows rows) {
        vertx = services.vertx();
        bodies = services.bodies();
        own = services.kafka().table(Topic.DOMAINS, DomainEntry.class);
        this.rows = rows;
        meters = new ReportMeters(services.meters(), own);
    }

    /** Completes when all that is in the message is kept. */
    public Future<Void> take(ConsumerRecord<String, byte[]> record) {
        MailRecord<ReportMail> message = MailRecord.from(record, ReportMail.class);
        return read(message.body()).compose(reading -> keep(message.envelope(), reading));
    }

    private Future<ReportReading> read(Body body) {
        if (body.size() > MOST_OCTETS) {
            return Future.succeededFuture(
                    ReportReading.unreadable("the message is larger than " + MOST_OCTETS + " octets"));
        }
        return octets(body).compose(octets -> vertx.executeBlocking(() -> ReportReading.of(octets), false));
    }

    private Future<byte[]> octets(Body body) {
        if (body instanceof Body.Inline inline) {
            return Future.succeededFuture(inline.bytes());
        }
        Body.Stored stored = (Body.Stored) body;
        return bodies.readFully(stored.ref(), 0, (int) stored.size())
                .map(Buffer::getBytes)
                .recover(cause -> Future.failedFuture(
                        cause instanceof NoSuchFileException
                                ? new PermanentFailure("the body store does not have the message", cause)
                                : cause));
    }

    private Future<Void> keep(ReportMail mail, ReportReading reading) {
        if (!reading.problem().isEmpty()) {
            return unreadable(mail, reading.problem());
        }
        return Future.all(reading.reports().stream()
                        .map(report -> keep(mail, report))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> keep(ReportMail mail, Report report) {
        Optional<String> domain = ours(report.domain());
        if (domain.isEmpty()) {
            return unreadable(mail, "it is about " + report.domain() + ", which is not here");
        }
        boolean counted = isCounted(mail);
        return rows.add(mail, domain.get(), report, counted).map(added -> {
            if (count(added, counted)) {
                meters.reported(domain.get(), report);
            }
            return null;
        });
    }

    private Future<Void> unreadable(ReportMail mail, String problem) {
        return rows.addUnreadable(mail, problem).map(added -> {
            if (added) {
                LOG.info("{}: no report for {}: {}", mail.id(), mail.domain(), problem);
                meters.report(ReportMeters.Outcome.UNREADABLE);
            }
            return null;
        });
    }

    private boolean count(boolean added, boolean counted) {
        meters.report(
                !added
                        ? ReportMeters.Outcome.DUPLICATE
                        : counted ? ReportMeters.Outcome.READ : ReportMeters.Outcome.FORGED);
        return added && counted;
    }

    /** RFC 9990 section 8.2: figures that anybody could have invented are believed less than a policy that says so. */
    private static boolean isCounted(ReportMail mail) {
        return !mail.dmarc().equals("fail");
    }

    /** The domain of ours that a name is, or is below. */
    private Optional<String> ours(String name) {
        for (String at = name; !at.isEmpty(); at = at.substring(at.indexOf('.') + 1)) {
            if (own.get(at).isPresent()) {
                return Optional.of(at);
            }
            if (at.indexOf('.') < 0) {
                break;
            }
        }
        return Optional.empty();
    }
}
