package org.facteur.admin.journey;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.facteur.mail.record.JourneyEvent;

/** Journey events in PostgreSQL, written by whole batches. */
public final class JourneyRows {
    private final Pool pool;

    /** Over a pool whose search path is admin's schema. */
    public JourneyRows(Pool pool) {
        this.pool = pool;
    }

    /**
     * A message that an address has to do with.
     *
     * @param id the message's id
     * @param at when it was accepted or refused
     */
    public record Found(String id, Instant at) {}

    /** Adds events, in one transaction of one or two statements. */
    public Future<Void> add(List<JourneyEvent> events) {
        List<String> address = new ArrayList<>();
        List<OffsetDateTime> addressAt = new ArrayList<>();
        List<String> addressMessage = new ArrayList<>();
        for (JourneyEvent event : events) {
            for (String one : addressesOf(event)) {
                address.add(one);
                addressAt.add(utc(event.at()));
                addressMessage.add(event.id());
            }
        }
        return pool.withTransaction(connection -> connection
                .preparedQuery(
                        "insert into journey (message_id, at, stage, what, micros, detail)"
                                + " select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[], $6::text[])")
                .execute(columns(events))
                .compose(added -> address.isEmpty()
                        ? Future.succeededFuture()
                        : connection
                                .preparedQuery("insert into journey_address (address, at, message_id)"
                                        + " select * from unnest($1::text[], $2::timestamptz[], $3::text[])")
                                .execute(Tuple.of(
                                        address.toArray(String[]::new),
                                        addressAt.toArray(OffsetDateTime[]::new),
                                        addressMessage.toArray(String[]::new)))
                                .mapEmpty()));
    }

    /** The events of one message in the order of time; empty for an id that nobody knows. */
    public Future<List<JourneyEvent>> of(String messageId) {
        return pool.preparedQuery("select distinct message_id, at, stage, what, micros, detail from journey"
                        + " where message_id = $1 order by at")
                .execute(Tuple.of(messageId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(JourneyRows::event)
                        .toList());
    }

    /** The newest messages of an address since a time, newest first. */
    public Future<List<Found>> messagesOf(String address, Instant since, int most) {
        return pool.preparedQuery("select message_id, min(at) from journey_address where address = $1 and at >= $2"
                        + " group by message_id order by min(at) desc limit $3")
                .execute(Tuple.of(address.toLowerCase(Locale.ROOT), utc(since), most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Found(
                                row.getString(0), row.getOffsetDateTime(1).toInstant()))
                        .toList());
    }

    /** Deletes events older than a time. */
    public Future<Void> deleteBefore(Instant time) {
        return pool.preparedQuery("delete from journey where at < $1")
                .execute(Tuple.of(utc(time)))
                .compose(done -> pool.preparedQuery("delete from journey_address where at < $1")
                        .execute(Tuple.of(utc(time))))
                .mapEmpty();
    }

    private static Tuple columns(List<JourneyEvent> events) {
        int count = events.size();
        String[] ids = new String[count];
        OffsetDateTime[] times = new OffsetDateTime[count];
        String[] stages = new String[count];
        String[] whats = new String[count];
        Long[] micros = new Long[count];
        String[] details = new String[count];
        for (int i = 0; i < count; i++) {
            JourneyEvent event = events.get(i);
            ids[i] = event.id();
            times[i] = utc(event.at());
            stages[i] = event.stage();
            whats[i] = event.what();
            micros[i] = event.micros();
            // The words may be another server's, and PostgreSQL takes no NUL.
            details[i] = event.detail() == null ? "" : event.detail().replace('\0', ' ');
        }
        return Tuple.of(ids, times, stages, whats, micros, details);
    }

    private static List<String> addressesOf(JourneyEvent event) {
        if (event.sender() == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        if (!event.sender().isEmpty()) {
            all.add(event.sender().toLowerCase(Locale.ROOT));
        }
        if (event.recipients() != null) {
            event.recipients().forEach(recipient -> all.add(recipient.toLowerCase(Locale.ROOT)));
        }
        return all;
    }

    private static JourneyEvent event(Row row) {
        return new JourneyEvent(
                row.getString(0),
                row.getOffsetDateTime(1).toInstant(),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                null,
                null);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
