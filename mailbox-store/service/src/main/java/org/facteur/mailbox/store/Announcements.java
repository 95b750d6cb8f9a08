package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MailboxEvent;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.kafka.RecordProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others what has changed: mailbox events at once, but one for all changes of a mailbox within a few milliseconds; an
 * account's usage at most once a second. All of it can be missed without harm, so failures are logged and no more. On one
 * Vert.x context.
 */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final long EVENTS_MILLIS = 10;
    private static final long USAGE_MILLIS = 1000;

    private final Vertx vertx;
    private final Pool pool;
    private final RecordProducer producer;
    private final RecordProducer journeys;
    private final Map<Long, MailboxEvent> events = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private boolean eventsScheduled;
    private long timer;

    Announcements(Vertx vertx, Pool pool, RecordProducer producer, RecordProducer journeys) {
        this.vertx = vertx;
        this.pool = pool;
        this.producer = producer;
        this.journeys = journeys;
    }

    void start() {
        timer = vertx.setPeriodic(USAGE_MILLIS, tick -> tellUsage());
    }

    /** Tells the usage that is not told yet. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return tellUsage().otherwiseEmpty();
    }

    /** A mailbox is at a new modification sequence, and its account's usage may have changed. */
    void changed(String account, long mailbox, long modseq) {
        used.add(account);
        events.merge(
                mailbox,
                new MailboxEvent(account, mailbox, modseq),
                (before, after) -> before.modseq() > after.modseq() ? before : after);
        if (!eventsScheduled) {
            eventsScheduled = true;
            vertx.setTimer(EVENTS_MILLIS, timer -> tellEvents());
        }
    }

    /**
     * Tells of mailboxes once more, at the modification sequence that they have now.
     *
     * @param mailboxes their accounts by their numbers
     */
    void again(Map<Long, String> mailboxes) {
        pool.preparedQuery("select id, modseq from mailbox where id = any($1)")
                .execute(Tuple.tuple().addArrayOfLong(mailboxes.keySet().toArray(Long[]::new)))
                .onSuccess(rows ->
                        rows.forEach(row -> changed(mailboxes.get(row.getLong(0)), row.getLong(0), row.getLong(1))))
                .onFailure(
                        cause -> LOG.warn("mailboxes {} not told of again: {}", mailboxes.keySet(), cause.toString()));
    }

    /** An account is gone with all it kept: a new one of the same address begins with nothing. */
    void removed(String account) {
        used.remove(account);
        send(producer, new ProducerRecord<>(Topic.USAGE.topicName(), account, null));
        send(
                producer,
                new ProducerRecord<>(Topic.EVENTS.topicName(), account, Json.bytes(new MailboxEvent(account, 0, 0))));
    }

    /** The account's list of mailboxes has changed. */
    void listChanged(String account) {
        changed(account, 0, 0);
    }

    /** What happened to a message. */
    void journey(JourneyEvent event) {
        send(journeys, new ProducerRecord<>(Topic.JOURNEY.topicName(), event.id(), Json.bytes(event)));
    }

    private void tellEvents() {
        eventsScheduled = false;
        events.values()
                .forEach(event -> send(
                        producer, new ProducerRecord<>(Topic.EVENTS.topicName(), event.account(), Json.bytes(event))));
        events.clear();
    }

    private Future<Void> tellUsage() {
        if (used.isEmpty()) {
            return Future.succeededFuture();
        }
        String[] accounts = used.toArray(String[]::new);
        used.clear();
        return pool.preparedQuery("select a.address, sum(m.size)::bigint, sum(m.messages)::bigint from account a"
                        + " join mailbox m on m.account = a.id where a.address = any($1) group by a.address")
                .execute(Tuple.tuple().addArrayOfString(accounts))
                .onSuccess(rows -> rows.forEach(row -> send(
                        producer,
                        new ProducerRecord<>(
                                Topic.USAGE.topicName(),
                                row.getString(0),
                                Json.bytes(new UsageEntry(row.getString(0), row.getLong(1), row.getLong(2)))))))
                .onFailure(cause -> used.addAll(Set.of(accounts)))
                .mapEmpty();
    }

    private static void send(RecordProducer through, ProducerRecord<String, byte[]> record) {
        Future<Void> sent = through.send(record);
        sent.onFailure(cause -> LOG.warn("{} of {} not told: {}", record.topic(), record.key(), cause.toString()));
    }
}
