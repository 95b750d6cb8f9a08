package org.facteur.admin.reports;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.facteur.mail.record.ReportMail;

/** Received reports in PostgreSQL: each once, by who reports and what they call it. */
public final class ReportRows {
    private final Pool pool;

    /** Over a pool whose search path is admin's schema. */
    public ReportRows(Pool pool) {
        this.pool = pool;
    }

    /** Adds a report; false where it was here before. */
    Future<Boolean> add(ReportMail mail, String domain, Report report, boolean counted) {
        Tuple head = head(
                report instanceof DmarcReport ? "dmarc" : "tls",
                domain,
                report.domain(),
                report.organization(),
                report.reportId(),
                report.begins(),
                report.ends(),
                mail,
                counted,
                report.passed(),
                report.failed(),
                "");
        return report instanceof DmarcReport dmarc
                ? add(
                        head,
                        "insert into dmarc_row (report, source, messages, disposition, dkim, spf, header_from, envelope_from,"
                                + " reason) select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[],"
                                + " $6::text[], $7::text[], $8::text[], $9::text[])",
                        id -> dmarc(id, dmarc.lines()))
                : add(
                        head,
                        "insert into tls_row (report, policy_type, result, sessions, source, mx, detail) select $1, *"
                                + " from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])",
                        id -> tls(id, ((TlsReport) report).failures()));
    }

    private Future<Boolean> add(Tuple head, String insertRows, Function<Long, Tuple> rows) {
        return pool.withTransaction(connection -> insert(connection, head)
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture(false)
                        : connection
                                .preparedQuery(insertRows)
                                .execute(rows.apply(ids.get(0)))
                                .map(true)));
    }

    /** Adds a message without a report in it; false where it was here before. */
    Future<Boolean> addUnreadable(ReportMail mail, String problem) {
        Tuple head = head(
                "unreadable",
                mail.domain(),
                "",
                Words.of(mail.author(), 253),
                mail.id(),
                mail.receivedAt(),
                mail.receivedAt(),
                mail,
                false,
                0,
                0,
                problem);
        return pool.withTransaction(connection -> insert(connection, head)).map(ids -> !ids.isEmpty());
    }

    /** Deletes reports that were received before a time. */
    public Future<Void> deleteBefore(Instant time) {
        return pool.preparedQuery("delete from received_report where received_at < $1")
                .execute(Tuple.of(utc(time)))
                .mapEmpty();
    }

    private static Future<List<Long>> insert(SqlConnection connection, Tuple head) {
        return connection
                .preparedQuery(
                        "insert into received_report (kind, domain, about, organization, report_id, begins, ends,"
                                + " received_at, message_id, sender, sender_dmarc, counted, passed, failed, problem)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
                                + " on conflict do nothing returning id")
                .execute(head)
                .map(rows -> {
                    List<Long> ids = new ArrayList<>(1);
                    rows.forEach(row -> ids.add(row.getLong(0)));
                    return ids;
                });
    }

    private static Tuple head(
            String kind,
            String domain,
            String about,
            String organization,
            String reportId,
            Instant begins,
            Instant ends,
            ReportMail mail,
            boolean counted,
            long passed,
            long failed,
            String problem) {
        return Tuple.tuple()
                .addString(kind)
                .addString(domain)
                .addString(about)
                .addString(organization)
                .addString(reportId)
                .addOffsetDateTime(utc(begins))
                .addOffsetDateTime(utc(ends))
                .addOffsetDateTime(utc(mail.receivedAt()))
                .addString(mail.id())
                .addString(Words.of(mail.author(), 253))
                .addString(mail.dmarc())
                .addBoolean(counted)
                .addLong(passed)
                .addLong(failed)
                .addString(problem);
    }

    private static Tuple dmarc(Long report, List<DmarcReport.Line> lines) {
        return Tuple.tuple()
                .addLong(report)
                .addArrayOfString(texts(lines, DmarcReport.Line::source))
                .addArrayOfLong(numbers(lines, DmarcReport.Line::messages))
                .addArrayOfString(texts(lines, DmarcReport.Line::disposition))
                .addArrayOfString(texts(lines, line -> line.dkim() ? "pass" : "fail"))
                .addArrayOfString(texts(lines, line -> line.spf() ? "pass" : "fail"))
                .addArrayOfString(texts(lines, DmarcReport.Line::headerFrom))
                .addArrayOfString(texts(lines, DmarcReport.Line::envelopeFrom))
                .addArrayOfString(texts(lines, DmarcReport.Line::reason));
    }

    private static Tuple tls(Long report, List<TlsReport.Failure> failures) {
        return Tuple.tuple()
                .addLong(report)
                .addArrayOfString(texts(failures, TlsReport.Failure::policyType))
                .addArrayOfString(texts(failures, TlsReport.Failure::result))
                .addArrayOfLong(numbers(failures, TlsReport.Failure::sessions))
                .addArrayOfString(texts(failures, TlsReport.Failure::source))
                .addArrayOfString(texts(failures, TlsReport.Failure::mx))
                .addArrayOfString(texts(failures, TlsReport.Failure::detail));
    }

    private static <T> String[] texts(List<T> all, Function<T, String> field) {
        return all.stream().map(field).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> all, Function<T, Long> field) {
        return all.stream().map(field).toArray(Long[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
