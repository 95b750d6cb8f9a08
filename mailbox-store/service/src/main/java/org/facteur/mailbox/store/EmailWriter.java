package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.facteur.mailbox.api.Flags;

/**
 * Writes new messages within a transaction, a whole batch by a handful of statements: bodies and emails first, which conflict
 * with nobody, then the mailboxes' rows, in the order of their numbers, so that two batches never wait for each other in a
 * circle.
 */
public final class EmailWriter {
    private EmailWriter() {}

    /**
     * A message that is in its mailbox.
     *
     * @param email its number
     */
    public record Written(NewEmail source, long email, long uid, long uidValidity, long modseq) {}

    /**
     * Writes messages; those that the account already has by their delivery's id are left out of the result.
     *
     * @param firstId as many numbers from here on are the emails'
     */
    public static Future<List<Written>> write(
            SqlConnection connection, List<NewEmail> emails, long firstId, Instant now) {
        return insertBodies(connection, emails, now)
                .compose(bodies -> insertEmails(connection, emails, firstId, now))
                .compose(ids -> {
                    List<NewEmail> fresh = new ArrayList<>();
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 0; i < emails.size(); i++) {
                        if (ids.contains(firstId + i)) {
                            fresh.add(emails.get(i));
                            numbers.add(firstId + i);
                        }
                    }
                    return fresh.isEmpty() ? Future.succeededFuture(List.of()) : place(connection, fresh, numbers, now);
                });
    }

    /** Assigns UIDs and modseqs, and puts emails that exist into mailboxes; COPY does this too. */
    static Future<List<Written>> place(
            SqlConnection connection, List<NewEmail> emails, List<Long> numbers, Instant now) {
        Map<Long, Growth> growth = new TreeMap<>();
        for (NewEmail email : emails) {
            growth.computeIfAbsent(email.mailbox(), mailbox -> new Growth()).add(email);
        }
        Long[] mailboxes = growth.keySet().toArray(Long[]::new);
        return connection
                .preparedQuery("select id from mailbox where id = any($1) order by id for update")
                .execute(Tuple.tuple().addArrayOfLong(mailboxes))
                .compose(locked -> grow(connection, growth))
                .compose(slots -> insertMessages(connection, emails, numbers, slots, now));
    }

    /** What a batch adds to one mailbox. */
    private static final class Growth {
        private long messages;
        private long unseen;
        private long deleted;
        private long size;

        void add(NewEmail email) {
            messages++;
            unseen += email.flags().has(Flags.SEEN) ? 0 : 1;
            deleted += email.flags().has(Flags.DELETED) ? 1 : 0;
            size += email.message().size();
        }
    }

    /** The UIDs that a mailbox gives to a batch, from the next on. */
    private static final class Slot {
        private final long uidValidity;
        private final long modseq;
        private long next;

        Slot(long uidValidity, long modseq, long next) {
            this.uidValidity = uidValidity;
            this.modseq = modseq;
            this.next = next;
        }
    }

    private static Future<Map<Long, Slot>> grow(SqlConnection connection, Map<Long, Growth> growth) {
        List<Growth> all = new ArrayList<>(growth.values());
        return connection
                .preparedQuery("update mailbox m set uid_next = m.uid_next + g.messages, modseq = m.modseq + 1,"
                        + " messages = m.messages + g.messages, unseen = m.unseen + g.unseen,"
                        + " deleted = m.deleted + g.deleted, size = m.size + g.size"
                        + " from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])"
                        + " as g(id, messages, unseen, deleted, size) where m.id = g.id"
                        + " returning m.id, m.uid_validity, m.modseq, m.uid_next - g.messages")
                .execute(Tuple.tuple()
                        .addArrayOfLong(growth.keySet().toArray(Long[]::new))
                        .addArrayOfLong(all.stream().map(one -> one.messages).toArray(Long[]::new))
                        .addArrayOfLong(all.stream().map(one -> one.unseen).toArray(Long[]::new))
                        .addArrayOfLong(all.stream().map(one -> one.deleted).toArray(Long[]::new))
                        .addArrayOfLong(all.stream().map(one -> one.size).toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, Slot> slots = new HashMap<>();
                    for (Row row : rows) {
                        slots.put(row.getLong(0), new Slot(row.getLong(1), row.getLong(2), row.getLong(3)));
                    }
                    return slots;
                });
    }

    private static Future<List<Written>> insertMessages(
            SqlConnection connection, List<NewEmail> emails, List<Long> numbers, Map<Long, Slot> slots, Instant now) {
        int count = emails.size();
        List<Written> written = new ArrayList<>(count);
        Long[] mailboxes = new Long[count];
        Long[] uids = new Long[count];
        Integer[] flags = new Integer[count];
        Long[] modseqs = new Long[count];
        String[] keywords = new String[count];
        for (int i = 0; i < count; i++) {
            NewEmail email = emails.get(i);
            Slot slot = slots.get(email.mailbox());
            if (slot == null) {
                return Future.failedFuture(new MailboxGoneException(email.mailbox()));
            }
            long uid = slot.next++;
            mailboxes[i] = email.mailbox();
            uids[i] = uid;
            flags[i] = email.flags().bits();
            modseqs[i] = slot.modseq;
            keywords[i] = Keywords.joined(email.flags().keywords());
            written.add(new Written(email, numbers.get(i), uid, slot.uidValidity, slot.modseq));
        }
        return connection
                .preparedQuery("insert into message (mailbox, uid, email, flags, keywords, modseq, saved)"
                        + " select mailbox, uid, email, flags, string_to_array(keywords, ' '), modseq, $7 from"
                        + " unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[], $5::text[], $6::bigint[])"
                        + " as m(mailbox, uid, email, flags, keywords, modseq)")
                .execute(Tuple.tuple()
                        .addArrayOfLong(mailboxes)
                        .addArrayOfLong(uids)
                        .addArrayOfLong(numbers.toArray(Long[]::new))
                        .addArrayOfInteger(flags)
                        .addArrayOfString(keywords)
                        .addArrayOfLong(modseqs)
                        .addOffsetDateTime(utc(now)))
                .map(inserted -> written);
    }

    private static Future<Void> insertBodies(SqlConnection connection, List<NewEmail> emails, Instant now) {
        Map<Buffer, Prepared> distinct = new HashMap<>();
        emails.forEach(
                email -> distinct.putIfAbsent(Buffer.buffer(email.message().hash()), email.message()));
        List<Prepared> bodies = distinct.values().stream()
                .sorted(Comparator.comparing(Prepared::hash, java.util.Arrays::compareUnsigned))
                .toList();
        int count = bodies.size();
        Buffer[] hashes = new Buffer[count];
        Long[] sizes = new Long[count];
        Boolean[] compressed = new Boolean[count];
        Buffer[] bytes = new Buffer[count];
        for (int i = 0; i < count; i++) {
            Prepared body = bodies.get(i);
            hashes[i] = Buffer.buffer(body.hash());
            sizes[i] = body.bodySize();
            compressed[i] = body.compressed();
            bytes[i] = body.bytes() == null ? null : Buffer.buffer(body.bytes());
        }
        // A body that is there already becomes young again, so that the collector leaves it to its new owner.
        return connection
                .preparedQuery("insert into body (hash, size, compressed, stored_at, bytes)"
                        + " select hash, size, compressed, $5, bytes"
                        + " from unnest($1::bytea[], $2::bigint[], $3::boolean[], $4::bytea[])"
                        + " as b(hash, size, compressed, bytes)"
                        + " on conflict (hash) do update set stored_at = excluded.stored_at")
                .execute(Tuple.tuple()
                        .addArrayOfBuffer(hashes)
                        .addArrayOfLong(sizes)
                        .addArrayOfBoolean(compressed)
                        .addArrayOfBuffer(bytes)
                        .addOffsetDateTime(utc(now)))
                .mapEmpty();
    }

    private static Future<Set<Long>> insertEmails(
            SqlConnection connection, List<NewEmail> emails, long firstId, Instant now) {
        int count = emails.size();
        Long[] ids = new Long[count];
        Long[] accounts = new Long[count];
        String[] deliveries = new String[count];
        Long[] sizes = new Long[count];
        Buffer[] prefixes = new Buffer[count];
        Buffer[] hashes = new Buffer[count];
        Long[] bodySizes = new Long[count];
        OffsetDateTime[] dates = new OffsetDateTime[count];
        LocalDate[] sent = new LocalDate[count];
        Buffer[] envelopes = new Buffer[count];
        Buffer[] structures = new Buffer[count];
        Buffer[] bodies = new Buffer[count];
        Buffer[] parts = new Buffer[count];
        String[] subjects = new String[count];
        String[] threads = new String[count];
        for (int i = 0; i < count; i++) {
            NewEmail email = emails.get(i);
            Prepared message = email.message();
            ids[i] = firstId + i;
            accounts[i] = email.account();
            deliveries[i] = email.deliveryId();
            sizes[i] = message.size();
            prefixes[i] = Buffer.buffer(message.prefix());
            hashes[i] = Buffer.buffer(message.hash());
            bodySizes[i] = message.bodySize();
            dates[i] = utc(email.internalDate());
            sent[i] = message.sent();
            envelopes[i] = Buffer.buffer(message.envelope());
            structures[i] = Buffer.buffer(message.bodyStructure());
            bodies[i] = Buffer.buffer(message.body());
            parts[i] = Buffer.buffer(message.parts());
            subjects[i] = message.baseSubject();
            threads[i] = message.threadId();
        }
        return connection
                .preparedQuery(
                        "insert into email (id, account, message_id, stored_at, size, prefix, body_hash, body_size,"
                                + " internal_date, sent, envelope, body_structure, body, parts, base_subject, thread_id)"
                                + " select id, account, message_id, $16, size, prefix, body_hash, body_size, internal_date, sent,"
                                + " envelope, body_structure, body, parts, base_subject, thread_id from unnest($1::bigint[],"
                                + " $2::bigint[], $3::text[], $4::bigint[], $5::bytea[], $6::bytea[], $7::bigint[],"
                                + " $8::timestamptz[], $9::date[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[],"
                                + " $14::text[], $15::text[]) as e(id, account, message_id, size, prefix, body_hash, body_size,"
                                + " internal_date, sent, envelope, body_structure, body, parts, base_subject, thread_id)"
                                + " on conflict (message_id, account) where message_id is not null do nothing returning id")
                .execute(Tuple.tuple()
                        .addArrayOfLong(ids)
                        .addArrayOfLong(accounts)
                        .addArrayOfString(deliveries)
                        .addArrayOfLong(sizes)
                        .addArrayOfBuffer(prefixes)
                        .addArrayOfBuffer(hashes)
                        .addArrayOfLong(bodySizes)
                        .addArrayOfOffsetDateTime(dates)
                        .addArrayOfLocalDate(sent)
                        .addArrayOfBuffer(envelopes)
                        .addArrayOfBuffer(structures)
                        .addArrayOfBuffer(bodies)
                        .addArrayOfBuffer(parts)
                        .addArrayOfString(subjects)
                        .addArrayOfString(threads)
                        .addOffsetDateTime(utc(now)))
                .map(rows -> {
                    Set<Long> inserted = new HashSet<>();
                    rows.forEach(row -> inserted.add(row.getLong(0)));
                    return inserted;
                });
    }

    /** The same moment as PostgreSQL takes it. */
    public static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
