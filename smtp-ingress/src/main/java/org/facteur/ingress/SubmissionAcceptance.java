package org.facteur.ingress;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.facteur.mail.address.AddressList;
import org.facteur.mail.address.EmailAddress;
import org.facteur.mail.address.ListedMailbox;
import org.facteur.mail.header.HeaderField;
import org.facteur.mail.header.HeaderFields;
import org.facteur.mail.header.MessageDate;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.Submitted;
import org.facteur.mail.record.Topic;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.RecordProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message of one of our users (RFC 6409): its author must be theirs, what the header lacks is added, it is signed later. */
final class SubmissionAcceptance implements Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(SubmissionAcceptance.class);

    private static final int MOST_AUTHORS = 100;

    private final RecordProducer mail;
    private final Journeys journeys;
    private final Directory directory;
    private final String hostname;
    private final Clock clock;

    SubmissionAcceptance(RecordProducer mail, Journeys journeys, Directory directory, String hostname, Clock clock) {
        this.mail = mail;
        this.journeys = journeys;
        this.directory = directory;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public Future<Reply> accept(SmtpSession session, Transaction transaction, Intake intake) {
        String account = session.account().orElseThrow();
        HeaderFields header = HeaderCheck.check(intake);
        checkAuthor(account, header);
        String id = MessageId.next(clock).value();
        Instant now = clock.instant();
        String prepend = ReceivedField.of(session, transaction, id, now) + missing(header, transaction, id, now);
        long size = intake.size();
        return intake.finish().compose(body -> send(session, transaction, id, now, prepend, body, size));
    }

    private Future<Reply> send(
            SmtpSession session,
            Transaction transaction,
            String id,
            Instant now,
            String prepend,
            Body body,
            long size) {
        String account = session.account().orElseThrow();
        Submitted submitted = new Submitted(
                Submitted.VERSION,
                id,
                now,
                Submitted.Origin.SUBMISSION,
                account,
                session.client(),
                transaction.reversePath(),
                transaction.recipients(),
                transaction.smtputf8(),
                prepend);
        return mail.send(new MailRecord<>(submitted, body).to(Topic.SUBMITTED, account))
                .compose(
                        durable -> {
                            // From here the message is ours: it is on mail.submitted.
                            journeys.accepted(session, transaction, id, now, size);
                            return Future.succeededFuture(MxAcceptance.accepted(id));
                        },
                        cause -> {
                            LOG.warn("{}: not durable, the client keeps it: {}", id, cause.toString());
                            return Future.failedFuture(
                                    new Refusal(451, "4.3.0", "the message cannot be stored now, try again later"));
                        });
    }

    /** RFC 6409 section 6.1: who logged in may write in their own name only. */
    private void checkAuthor(String account, HeaderFields header) {
        List<HeaderField> from = header.all("From");
        if (from.size() > 1) {
            throw new Refusal(550, "5.7.1", "the message has " + from.size() + " From fields, one is allowed");
        }
        for (HeaderField field : from) {
            List<ListedMailbox> authors = AddressList.parse(field.value()).mailboxes();
            if (authors.isEmpty() || authors.size() > MOST_AUTHORS) {
                throw new Refusal(550, "5.7.1", "the From field names nobody, or too many");
            }
            for (ListedMailbox mailbox : authors) {
                String address = mailbox.address().map(EmailAddress::normalized).orElse("");
                if (!directory.owns(account, address)) {
                    throw new Refusal(
                            550, "5.7.1", "the From field names " + address + ", which does not belong to " + account);
                }
            }
        }
    }

    /** RFC 6409 section 8: a client may leave these to us. */
    private String missing(HeaderFields header, Transaction transaction, String id, Instant now) {
        StringBuilder fields = new StringBuilder();
        if (header.count("From") == 0) {
            fields.append("From: <").append(transaction.reversePath()).append(">\r\n");
        }
        if (header.count("Date") == 0) {
            fields.append("Date: ")
                    .append(MessageDate.format(now.atOffset(ZoneOffset.UTC)))
                    .append("\r\n");
        }
        if (header.count("Message-ID") == 0) {
            fields.append("Message-ID: <")
                    .append(id)
                    .append('@')
                    .append(hostname)
                    .append(">\r\n");
        }
        return fields.toString();
    }
}
