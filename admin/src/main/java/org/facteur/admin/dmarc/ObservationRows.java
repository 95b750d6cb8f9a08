package org.facteur.admin.dmarc;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.facteur.mail.record.AuthObservation;
import org.facteur.mail.record.Json;

/** Observations in PostgreSQL, summed up by day (UTC), policy domain and row, until their report is sent. */
final class ObservationRows {
    /** Rows of a report at most; those with most messages are told. */
    static final int MOST_ROWS = 5000;

    private final Pool pool;

    /** Over a pool whose search path is admin's schema. */
    ObservationRows(Pool pool) {
        this.pool = pool;
    }

    /** A day of a policy domain that has no report yet. */
    record Due(LocalDate day, String policyDomain) {}

    private record Key(LocalDate day, String policyDomain, String rowKey) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDay = day.compareTo(other.day);
            int byDomain = byDay != 0 ? byDay : policyDomain.compareTo(other.policyDomain);
            return byDomain != 0 ? byDomain : rowKey.compareTo(other.rowKey);
        }
    }

    private record Sum(String row, long messages) {}

    /** Adds a batch in one transaction; rows are locked in one order, so that two instances never wait for each other. */
    Future<Void> add(List<AuthObservation> batch) {
        Map<Key, Sum> sums = new TreeMap<>();
        Map<Key, AuthObservation> newest = new TreeMap<>();
        for (AuthObservation seen : batch) {
            LocalDate day = LocalDate.ofInstant(seen.at(), ZoneOffset.UTC);
            String row = new String(Json.bytes(ObservedRow.of(seen)), StandardCharsets.UTF_8).replace("\\u0000", " ");
            sums.merge(
                    new Key(day, seen.policy().domain(), hash(row)),
                    new Sum(row, 1),
                    (a, b) -> new Sum(a.row(), a.messages() + b.messages()));
            newest.merge(new Key(day, seen.policy().domain(), ""), seen, (a, b) -> a.at().isAfter(b.at()) ? a : b);
        }
        if (sums.isEmpty()) {
            return Future.succeededFuture();
        }
        return pool.withTransaction(connection -> connection
                .preparedQuery("insert into dmarc_published (day, policy_domain, at, policy)"
                        + " select * from unnest($1::date[], $2::text[], $3::timestamptz[], $4::text[])"
                        + " on conflict (day, policy_domain) do update set at = excluded.at, policy = excluded.policy"
                        + " where dmarc_published.at <= excluded.at")
                .execute(published(newest))
                .compose(done -> connection
                        .preparedQuery("insert into dmarc_observed (day, policy_domain, row_key, row, messages)"
                                + " select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::bigint[])"
                                + " on conflict (day, policy_domain, row_key)"
                                + " do update set messages = dmarc_observed.messages + excluded.messages")
                        .execute(observed(sums)))
                .mapEmpty());
    }

    /** Days before {@code today} without a report; what came too late for its report is forgotten first. */
    Future<List<Due>> due(LocalDate today) {
        return before(today)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(found)
                        : forget("dmarc_published")
                                .compose(done -> forget("dmarc_observed"))
                                .compose(done -> before(today)));
    }

    private Future<List<Due>> before(LocalDate day) {
        return pool.preparedQuery(
                        "select day, policy_domain from dmarc_published where day < $1 order by 1, 2 limit 1000")
                .execute(Tuple.of(day))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Due(row.getLocalDate(0), row.getString(1)))
                        .toList());
    }

    private Future<Void> forget(String table) {
        return pool.query("delete from " + table + " o using dmarc_sent s"
                        + " where s.day = o.day and s.policy_domain = o.policy_domain")
                .execute()
                .mapEmpty();
    }

    /** The policy of a day, locked until the transaction ends; empty where another instance has it or is done with it. */
    static Future<Optional<AuthObservation.Published>> claim(SqlConnection connection, Due due) {
        return connection
                .preparedQuery("select policy from dmarc_published where day = $1 and policy_domain = $2"
                        + " for update skip locked")
                .execute(Tuple.of(due.day(), due.policyDomain()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> Json.read(
                                row.getString(0).getBytes(StandardCharsets.UTF_8), AuthObservation.Published.class))
                        .findFirst());
    }

    /** Its rows, one more than {@link #MOST_ROWS} where there are more. */
    static Future<List<AggregateReport.Line>> lines(SqlConnection connection, Due due) {
        return connection
                .preparedQuery("select row, messages from dmarc_observed where day = $1 and policy_domain = $2"
                        + " order by messages desc, row_key limit " + (MOST_ROWS + 1))
                .execute(Tuple.of(due.day(), due.policyDomain()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new AggregateReport.Line(
                                Json.read(row.getString(0).getBytes(StandardCharsets.UTF_8), ObservedRow.class),
                                row.getLong(1)))
                        .toList());
    }

    /** Notes that the day's report is done, and forgets what it was made of. */
    static Future<Void> done(
            SqlConnection connection, Due due, Instant now, String reportId, List<String> recipients, long messages) {
        Tuple key = Tuple.of(due.day(), due.policyDomain());
        return connection
                .preparedQuery("insert into dmarc_sent (day, policy_domain, at, report_id, recipients, messages)"
                        + " values ($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.of(
                        due.day(),
                        due.policyDomain(),
                        now.atOffset(ZoneOffset.UTC),
                        reportId,
                        recipients.toArray(String[]::new),
                        messages))
                .compose(noted -> connection
                        .preparedQuery("delete from dmarc_published where day = $1 and policy_domain = $2")
                        .execute(key))
                .compose(deleted -> connection
                        .preparedQuery("delete from dmarc_observed where day = $1 and policy_domain = $2")
                        .execute(key))
                .mapEmpty();
    }

    /** Forgets what days before {@code day} have left. */
    Future<Void> deleteBefore(LocalDate day) {
        return Future.all(List.of("dmarc_published", "dmarc_observed", "dmarc_sent").stream()
                        .map(table -> pool.preparedQuery("delete from " + table + " where day < $1")
                                .execute(Tuple.of(day)))
                        .toList())
                .mapEmpty();
    }

    private static Tuple published(Map<Key, AuthObservation> newest) {
        return Tuple.of(
                newest.keySet().stream().map(Key::day).toArray(LocalDate[]::new),
                newest.keySet().stream().map(Key::policyDomain).toArray(String[]::new),
                newest.values().stream()
                        .map(seen -> seen.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                newest.values().stream()
                        .map(seen -> new String(Json.bytes(seen.policy()), StandardCharsets.UTF_8))
                        .toArray(String[]::new));
    }

    private static Tuple observed(Map<Key, Sum> sums) {
        List<Key> keys = new ArrayList<>(sums.keySet());
        return Tuple.of(
                keys.stream().map(Key::day).toArray(LocalDate[]::new),
                keys.stream().map(Key::policyDomain).toArray(String[]::new),
                keys.stream().map(Key::rowKey).toArray(String[]::new),
                sums.values().stream().map(Sum::row).toArray(String[]::new),
                sums.values().stream().map(Sum::messages).toArray(Long[]::new));
    }

    private static String hash(String row) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(row.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
