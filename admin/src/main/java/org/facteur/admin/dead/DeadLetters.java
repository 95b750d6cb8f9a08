package org.facteur.admin.dead;

import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.facteur.mail.record.Json;
import org.facteur.platform.kafka.RecordProducer;

/** Dead letters in PostgreSQL: collected from mail.dead, put back on the topic that they came from. */
public final class DeadLetters {
    private static final List<String> ADDED =
            List.of("cause", "stage", "origin-topic", "origin-partition", "origin-offset");
    private static final TypeReference<LinkedHashMap<String, byte[]>> HEADERS = new TypeReference<>() {};

    private final Pool pool;
    private final RecordProducer producer;

    /** Over a pool whose search path is admin's schema; replays go through a durable producer. */
    public DeadLetters(Pool pool, RecordProducer producer) {
        this.pool = pool;
        this.producer = producer;
    }

    /** Keeps one record of mail.dead; one that is kept already stays as it is. */
    public Future<Void> keep(ConsumerRecord<String, byte[]> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        String topic = text(record, "origin-topic");
        String id = topic + "-" + text(record, "origin-partition") + "-" + text(record, "origin-offset");
        ADDED.forEach(headers::remove);
        return pool.preparedQuery("insert into dead_letter (id, at, stage, cause, topic, key, headers, value)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing")
                .execute(Tuple.tuple()
                        .addString(id)
                        .addOffsetDateTime(
                                Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC))
                        .addString(text(record, "stage"))
                        .addString(text(record, "cause"))
                        .addString(topic)
                        .addString(record.key())
                        .addBuffer(Buffer.buffer(Json.bytes(headers)))
                        .addBuffer(record.value() == null ? null : Buffer.buffer(record.value())))
                .mapEmpty();
    }

    /** The newest first. */
    public Future<List<DeadLetter>> list(int most) {
        return pool.preparedQuery("select id, at, stage, cause, topic, key, coalesce(length(value), 0)"
                        + " from dead_letter order by at desc limit $1")
                .execute(Tuple.of(most))
                .map(rows -> {
                    List<DeadLetter> letters = new ArrayList<>();
                    rows.forEach(row -> letters.add(new DeadLetter(
                            row.getString(0),
                            row.getOffsetDateTime(1).toInstant(),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getInteger(6))));
                    return letters;
                });
    }

    /**
     * Puts a record back on its topic, as it was, and forgets it when Kafka has acknowledged it; false when it is not there.
     * Its stage tells by itself when it fails again.
     */
    public Future<Boolean> replay(String id) {
        return pool.preparedQuery("select topic, key, headers, value from dead_letter where id = $1")
                .execute(Tuple.of(id))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(false)
                        : producer.send(record(rows.iterator().next()))
                                .compose(sent -> pool.preparedQuery("delete from dead_letter where id = $1")
                                        .execute(Tuple.of(id)))
                                .map(true));
    }

    private static ProducerRecord<String, byte[]> record(Row row) {
        Buffer value = row.getBuffer(3);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(row.getString(0), row.getString(1), value == null ? null : value.getBytes());
        try {
            Json.mapper().readValue(row.getBuffer(2).getBytes(), HEADERS).forEach((name, octets) -> record.headers()
                    .add(name, octets));
        } catch (IOException e) {
            throw new UncheckedIOException("the headers of a dead letter cannot be read", e);
        }
        return record;
    }

    private static String text(ConsumerRecord<String, byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        // PostgreSQL takes no NUL, and a cause may quote whatever came.
        return found == null || found.value() == null
                ? ""
                : new String(found.value(), StandardCharsets.UTF_8).replace('\0', ' ');
    }
}
