package org.facteur.admin.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.facteur.platform.dns.Dns;

/** What the reports about a domain of ours say, summed up. Reports of forged senders are listed, but not in the sums. */
public final class ReportSummaries {
    private static final int MOST_ROWS = 100;
    private static final int MOST_NAMED = 20;

    private final Pool pool;
    private final Dns dns;

    /** Over a pool whose search path is admin's schema; {@code dns} gives sources their names. */
    public ReportSummaries(Pool pool, Dns dns) {
        this.pool = pool;
        this.dns = dns;
    }

    /** Messages or sessions. */
    public record Sum(long passed, long failed) {}

    /** Messages of one address; {@code names} by its reverse DNS, of the first {@value #MOST_NAMED} only. */
    public record Source(String source, List<String> names, long passed, long failed) {}

    /** Sessions that failed alike. */
    public record Failure(String policyType, String result, String mx, long sessions) {}

    /** What one organization reported. */
    public record Reporter(String organization, long reports, long passed, long failed) {}

    /** What the reports that begin on a day (UTC) say. */
    public record Day(LocalDate day, long passed, long failed) {}

    /**
     * A report that came.
     *
     * @param dmarc what DMARC said about the report's sender
     * @param counted whether it is in the sums
     * @param problem why it cannot be read; empty where it can
     */
    public record Received(
            String organization,
            String reportId,
            String about,
            Instant begins,
            Instant ends,
            Instant receivedAt,
            String messageId,
            String sender,
            String dmarc,
            boolean counted,
            long passed,
            long failed,
            String problem) {}

    /** The answer for DMARC ({@code messages}, {@code sources}) or TLS ({@code sessions}, {@code failures}). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            String domain,
            Instant since,
            Sum messages,
            List<Source> sources,
            Sum sessions,
            List<Failure> failures,
            List<Reporter> reporters,
            List<Day> days,
            List<Received> reports) {}

    /** DMARC reports about a domain whose time ends after a moment. */
    public Future<Summary> dmarc(String domain, Instant since) {
        Tuple of = Tuple.of(domain, since.atOffset(ZoneOffset.UTC), "dmarc");
        Future<List<Source>> sources = rows(
                        "select source, sum(messages) filter (where d.dkim = 'pass' or d.spf = 'pass'),"
                                + " sum(messages) filter (where d.dkim <> 'pass' and d.spf <> 'pass')"
                                + " from dmarc_row d join received_report r on r.id = d.report"
                                + " where r.domain = $1 and r.ends >= $2 and r.kind = $3 and r.counted group by source"
                                + " order by 3 desc nulls last, 2 desc nulls last, source limit " + MOST_ROWS,
                        of,
                        row -> new Source(row.getString(0), List.of(), number(row, 1), number(row, 2)))
                .compose(this::named);
        return Future.all(sum(of), sources, reporters(of), days(of), received(of))
                .map(all -> new Summary(
                        domain,
                        since,
                        all.resultAt(0),
                        all.resultAt(1),
                        null,
                        null,
                        all.resultAt(2),
                        all.resultAt(3),
                        all.resultAt(4)));
    }

    /** TLS reports about a domain whose time ends after a moment. */
    public Future<Summary> tls(String domain, Instant since) {
        Tuple of = Tuple.of(domain, since.atOffset(ZoneOffset.UTC), "tls");
        Future<List<Failure>> failures = rows(
                "select t.policy_type, t.result, t.mx, sum(t.sessions) from tls_row t"
                        + " join received_report r on r.id = t.report"
                        + " where r.domain = $1 and r.ends >= $2 and r.kind = $3 and r.counted"
                        + " group by t.policy_type, t.result, t.mx order by 4 desc, 1, 2, 3 limit " + MOST_ROWS,
                of,
                row -> new Failure(row.getString(0), row.getString(1), row.getString(2), number(row, 3)));
        return Future.all(sum(of), failures, reporters(of), days(of), received(of))
                .map(all -> new Summary(
                        domain,
                        since,
                        null,
                        null,
                        all.resultAt(0),
                        all.resultAt(1),
                        all.resultAt(2),
                        all.resultAt(3),
                        all.resultAt(4)));
    }

    private Future<Sum> sum(Tuple of) {
        return rows(
                        "select sum(passed), sum(failed) from received_report"
                                + " where domain = $1 and ends >= $2 and kind = $3 and counted",
                        of,
                        row -> new Sum(number(row, 0), number(row, 1)))
                .map(all -> all.get(0));
    }

    private Future<List<Reporter>> reporters(Tuple of) {
        return rows(
                "select organization, count(*), sum(passed), sum(failed) from received_report"
                        + " where domain = $1 and ends >= $2 and kind = $3 and counted group by organization"
                        + " order by 4 desc, 3 desc, 1 limit " + MOST_ROWS,
                of,
                row -> new Reporter(row.getString(0), number(row, 1), number(row, 2), number(row, 3)));
    }

    private Future<List<Day>> days(Tuple of) {
        return rows(
                "select (begins at time zone 'UTC')::date, sum(passed), sum(failed) from received_report"
                        + " where domain = $1 and ends >= $2 and kind = $3 and counted group by 1 order by 1 desc limit "
                        + MOST_ROWS,
                of,
                row -> new Day(row.getLocalDate(0), number(row, 1), number(row, 2)));
    }

    private Future<List<Received>> received(Tuple of) {
        return rows(
                "select organization, report_id, about, begins, ends, received_at, message_id, sender, sender_dmarc,"
                        + " counted, passed, failed, problem from received_report"
                        + " where domain = $1 and ends >= $2 and kind in ($3, 'unreadable')"
                        + " order by received_at desc, id desc limit " + MOST_ROWS,
                of,
                row -> new Received(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getOffsetDateTime(3).toInstant(),
                        row.getOffsetDateTime(4).toInstant(),
                        row.getOffsetDateTime(5).toInstant(),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getBoolean(9),
                        number(row, 10),
                        number(row, 11),
                        row.getString(12)));
    }

    private Future<List<Source>> named(List<Source> sources) {
        List<Future<Source>> named = IntStream.range(0, sources.size())
                .mapToObj(i -> i < MOST_NAMED ? named(sources.get(i)) : Future.succeededFuture(sources.get(i)))
                .toList();
        return Future.all(named).map(all -> all.list());
    }

    private Future<Source> named(Source source) {
        try {
            return dns.ptr(InetAddress.getByName(source.source())) // digits only: nothing is looked up here
                    .map(answer -> new Source(
                            source.source(),
                            answer.records().stream().limit(3).toList(),
                            source.passed(),
                            source.failed()));
        } catch (UnknownHostException e) {
            return Future.succeededFuture(source);
        }
    }

    private <T> Future<List<T>> rows(String sql, Tuple of, Function<Row, T> reader) {
        return pool.preparedQuery(sql).execute(of).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(reader)
                .toList());
    }

    private static long number(Row row, int column) {
        Number number = row.getNumeric(column);
        return number == null ? 0 : number.longValue();
    }
}
