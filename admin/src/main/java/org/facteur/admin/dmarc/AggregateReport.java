package org.facteur.admin.dmarc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.facteur.mail.record.AuthObservation;

/**
 * The report of one day about one policy domain.
 *
 * @param reporter the domain name of who reports: our hostname
 * @param contact address
 * @param reportId letters and digits, the same whenever this report is made again
 * @param error what its reader should know; may be empty
 */
record AggregateReport(
        String reporter,
        String contact,
        String reportId,
        LocalDate day,
        AuthObservation.Published policy,
        List<Line> lines,
        String error) {
    /** Messages that have a row in common. */
    record Line(ObservedRow row, long messages) {}

    /** The first second of the day, UTC. */
    Instant begins() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The last second of it. */
    Instant ends() {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
    }

    /** Name of the file (RFC 9990 section 3.5.2): receiver, policy domain, begin, end, id. */
    String fileName() {
        return String.join(
                        "!",
                        reporter,
                        policy.domain(),
                        Long.toString(begins().getEpochSecond()),
                        Long.toString(ends().getEpochSecond()),
                        reportId)
                + ".xml.gz";
    }

    /** Subject of the message (RFC 9990 section 3.5.2). */
    String subject() {
        return "Report Domain: " + policy.domain() + " Submitter: " + reporter + " Report-ID: <" + reportId + ">";
    }

    long messages() {
        return lines.stream().mapToLong(Line::messages).sum();
    }
}
