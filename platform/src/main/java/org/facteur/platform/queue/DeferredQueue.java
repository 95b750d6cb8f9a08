package org.facteur.platform.queue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Outbound;
import org.facteur.platform.kafka.MailRecord;

/**
 * The rows of the deferred queue. Entries that are due are leased, so that several instances of smtp-egress share the work
 * and one that dies gives its entries back when the lease ends.
 */
public final class DeferredQueue {
    /** The schema that the tables live in. */
    public static final String SCHEMA = "egress";

    /** Where the migrations lie on the class path. */
    public static final String MIGRATIONS = "org/facteur/platform/queue/migrations";

    private static final String SHOWN =
            "id, message_id, domain, state, accepted_at, next_attempt, attempts, last_error, sender, recipients";

    private final Pool pool;

    /** Over a pool whose search path is {@link #SCHEMA}. */
    public DeferredQueue(Pool pool) {
        this.pool = pool;
    }

    /**
     * The id of a message to one domain on one account's behalf: where two addresses here forward the same message to one
     * domain, each has its own.
     */
    public static String id(Outbound outbound) {
        return outbound.id() + "/" + outbound.domain() + "/" + outbound.account();
    }

    /** An entry with what is needed to try it again. */
    public record Due(String id, MailRecord<Outbound> message, int attempts) {}

    /** Whether this message to this domain is already waiting, handed over or bounced. */
    public Future<Boolean> isKnown(String id) {
        return pool.preparedQuery("select exists (select 1 from settled where id = $1)"
                        + " or exists (select 1 from deferred where id = $1)")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Adds a message, or writes down another failed attempt of one that is there; one that was settled meanwhile, by a person
     * or by another instance, stays settled.
     */
    public Future<Void> defer(MailRecord<Outbound> message, int attempts, String error, Instant next) {
        Outbound outbound = message.envelope();
        Buffer inline = message.body() instanceof Body.Inline body ? Buffer.buffer(body.bytes()) : null;
        String stored = message.body() instanceof Body.Stored body ? body.ref().text() : null;
        return pool.preparedQuery("insert into deferred (id, message_id, domain, state, accepted_at, next_attempt,"
                        + " attempts, last_error, sender, recipients, envelope, body, body_ref)"
                        + " select $1, $2, $3, 'waiting', $4, $5, $6, $7, $8, $9, $10, $11, $12"
                        + " where not exists (select 1 from settled where id = $1)"
                        + " on conflict (id) do update set next_attempt = excluded.next_attempt,"
                        + " attempts = excluded.attempts, last_error = excluded.last_error,"
                        + " recipients = excluded.recipients, envelope = excluded.envelope,"
                        + " leased_until = '-infinity'")
                .execute(Tuple.tuple()
                        .addString(id(outbound))
                        .addString(outbound.id())
                        .addString(outbound.domain())
                        .addOffsetDateTime(utc(outbound.acceptedAt()))
                        .addOffsetDateTime(utc(next))
                        .addInteger(attempts)
                        .addString(error.replace('\0', ' ')) // another server's words; PostgreSQL takes no NUL
                        .addString(outbound.reversePath())
                        .addArrayOfString(outbound.recipients().toArray(String[]::new))
                        .addBuffer(Buffer.buffer(Json.bytes(outbound)))
                        .addBuffer(inline)
                        .addString(stored))
                .mapEmpty();
    }

    /** Leases entries that are due, those that wait longest first. */
    public Future<List<Due>> lease(Instant now, Duration lease, int most) {
        return pool.preparedQuery("update deferred set leased_until = $2 where id in (select id from deferred"
                        + " where state = 'waiting' and next_attempt <= $1 and leased_until <= $1"
                        + " order by next_attempt limit $3 for update skip locked)"
                        + " returning id, envelope, body, body_ref, attempts")
                .execute(Tuple.of(utc(now), utc(now.plus(lease)), most))
                .map(rows -> list(rows, DeferredQueue::due));
    }

    /** Takes an entry out for good: it was handed over, bounced or deleted, and must not be sent again. */
    public Future<Void> settle(String id, Instant now) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("insert into settled (id, at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(id, utc(now)))
                .compose(added -> connection
                        .preparedQuery("delete from deferred where id = $1")
                        .execute(Tuple.of(id)))
                .mapEmpty());
    }

    /** Forgets settled entries older than a time: later repeats cannot come, the topics keep less. */
    public Future<Void> forgetBefore(Instant time) {
        return pool.preparedQuery("delete from settled where at < $1")
                .execute(Tuple.of(utc(time)))
                .mapEmpty();
    }

    /** How many entries wait or are held. */
    public Future<Long> size() {
        return pool.query("select count(*) from deferred")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** How many entries each domain has, those of the domains that have most, the most first. */
    public Future<Map<String, Long>> byDomain(int most) {
        return pool.preparedQuery("select domain, count(*) from deferred group by domain order by 2 desc, 1 limit $1")
                .execute(Tuple.of(most))
                .map(rows -> {
                    Map<String, Long> entries = new LinkedHashMap<>();
                    rows.forEach(row -> entries.put(row.getString(0), row.getLong(1)));
                    return entries;
                });
    }

    /** When the entry that is the oldest was accepted; empty where there is none. */
    public Future<Optional<Instant>> oldest() {
        return pool.query("select min(accepted_at) from deferred").execute().map(rows -> Optional.ofNullable(
                        rows.iterator().next().getOffsetDateTime(0))
                .map(OffsetDateTime::toInstant));
    }

    /** The entries as a person sees them, the next to be tried first. */
    public Future<List<QueueEntry>> list(int most) {
        return pool.preparedQuery("select " + SHOWN + " from deferred order by next_attempt limit $1")
                .execute(Tuple.of(most))
                .map(rows -> list(rows, DeferredQueue::shown));
    }

    /** One entry. */
    public Future<Optional<QueueEntry>> get(String id) {
        return pool.preparedQuery("select " + SHOWN + " from deferred where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> list(rows, DeferredQueue::shown).stream().findFirst());
    }

    /** Makes an entry due now; false when it is not there. */
    public Future<Boolean> retryNow(String id, Instant now) {
        return change("update deferred set state = 'waiting', next_attempt = $2 where id = $1", Tuple.of(id, utc(now)));
    }

    /** Holds an entry back until it is released. */
    public Future<Boolean> hold(String id) {
        return change("update deferred set state = 'held' where id = $1", Tuple.of(id));
    }

    /** Lets a held entry be tried again by its schedule. */
    public Future<Boolean> release(String id) {
        return change("update deferred set state = 'waiting' where id = $1", Tuple.of(id));
    }

    /** Drops an entry without a bounce; false when it is not there. */
    public Future<Boolean> delete(String id, Instant now) {
        return get(id).compose(found -> found.isEmpty()
                ? Future.succeededFuture(false)
                : settle(id, now).map(true));
    }

    private Future<Boolean> change(String sql, Tuple arguments) {
        return pool.preparedQuery(sql).execute(arguments).map(rows -> rows.rowCount() > 0);
    }

    private static Due due(Row row) {
        Buffer inline = row.getBuffer(2);
        Body body =
                inline != null ? new Body.Inline(inline.getBytes()) : new Body.Stored(BodyRef.parse(row.getString(3)));
        Outbound outbound = Json.read(row.getBuffer(1).getBytes(), Outbound.class);
        return new Due(row.getString(0), new MailRecord<>(outbound, body), row.getInteger(4));
    }

    private static QueueEntry shown(Row row) {
        return new QueueEntry(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                QueueEntry.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getInteger(6),
                row.getString(7),
                row.getString(8),
                List.of(row.getArrayOfStrings(9)));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
