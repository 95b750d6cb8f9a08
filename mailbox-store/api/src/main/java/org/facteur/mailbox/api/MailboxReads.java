package org.facteur.mailbox.api;

import com.github.luben.zstd.Zstd;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;

/** Everything that a gateway reads, over a pool whose log-in can only SELECT and whose search path is the store's schema. */
public final class MailboxReads {
    private static final String MAILBOX = "m.id, m.name, m.uid_validity, m.uid_next, m.modseq, m.messages, m.unseen,"
            + " m.deleted, m.size, m.special_use";

    private final Pool pool;

    /** Over a pool; the caller closes it. */
    public MailboxReads(Pool pool) {
        this.pool = pool;
    }

    /** All mailboxes of an account by name; empty for an account that has none yet. */
    public Future<List<MailboxRow>> mailboxes(String account) {
        return pool.preparedQuery("select " + MAILBOX + " from mailbox m join account a on a.id = m.account"
                        + " where a.address = $1 order by m.name")
                .execute(Tuple.of(account))
                .map(rows -> list(rows, MailboxReads::mailbox));
    }

    /** One mailbox. */
    public Future<Optional<MailboxRow>> mailbox(String account, String name) {
        return pool.preparedQuery("select " + MAILBOX + " from mailbox m join account a on a.id = m.account"
                        + " where a.address = $1 and m.name = $2")
                .execute(Tuple.of(account, name))
                .map(rows -> list(rows, MailboxReads::mailbox).stream().findFirst());
    }

    /** Names that an account has subscribed, whether they exist or not. */
    public Future<List<String>> subscriptions(String account) {
        return pool.preparedQuery("select s.name from subscription s join account a on a.id = s.account"
                        + " where a.address = $1 order by s.name")
                .execute(Tuple.of(account))
                .map(rows -> list(rows, row -> row.getString(0)));
    }

    /** What changed in a mailbox after a modification sequence; 0 is everything that is there. */
    public Future<MailboxChanges> changesAfter(long mailbox, long modseq) {
        // The mailbox's own row is read first: what commits between the two reads is then read once more later, never
        // missed.
        return pool.preparedQuery("select modseq, uid_next from mailbox where id = $1")
                .execute(Tuple.of(mailbox))
                .compose(head -> head.size() == 0
                        ? Future.succeededFuture(new MailboxChanges(Long.MAX_VALUE, 0, List.of(), new long[0]))
                        : changes(mailbox, modseq, head.iterator().next()));
    }

    private Future<MailboxChanges> changes(long mailbox, long modseq, Row head) {
        Future<RowSet<Row>> messages = pool.preparedQuery(
                        modseq == 0
                                ? "select uid, flags, keywords, modseq from message where mailbox = $1 and modseq > $2 order by mailbox, uid"
                                : "select uid, flags, keywords, modseq from message where mailbox = $1 and modseq > $2 order by uid")
                .execute(Tuple.of(mailbox, modseq));
        Future<RowSet<Row>> gone = modseq == 0
                ? Future.succeededFuture()
                : pool.preparedQuery("select uid from expunged where mailbox = $1 and modseq > $2 order by uid")
                        .execute(Tuple.of(mailbox, modseq));
        return messages.compose(rows -> gone.map(expunged -> new MailboxChanges(
                head.getLong(0),
                head.getLong(1),
                list(rows, MailboxReads::changed),
                expunged == null
                        ? new long[0]
                        : list(expunged, row -> row.getLong(0)).stream()
                                .mapToLong(Long::longValue)
                                .toArray())));
    }

    /** Messages by UID, ascending; those that are gone are left out. */
    public Future<List<EmailRow>> emails(long mailbox, long[] uids) {
        Long[] wanted = new Long[uids.length];
        for (int i = 0; i < uids.length; i++) {
            wanted[i] = uids[i];
        }
        return pool.preparedQuery("select m.uid, e.id, e.size, e.prefix, e.body_hash, e.body_size, e.internal_date,"
                        + " m.saved, e.sent, e.envelope, e.body_structure, e.body, e.parts, e.thread_id"
                        + " from message m join email e on e.id = m.email"
                        + " where m.mailbox = $1 and m.uid = any($2) order by m.uid")
                .execute(Tuple.tuple().addLong(mailbox).addArrayOfLong(wanted))
                .map(rows -> list(rows, MailboxReads::email));
    }

    /**
     * The bodies of messages, in their order, without the prefix; small ones in memory, large ones by their name in the body
     * store. One that is missing fails the whole.
     */
    public Future<List<Body>> bodies(List<EmailRow> emails) {
        Buffer[] hashes = emails.stream()
                .map(email -> Buffer.buffer(email.bodyHash()))
                .distinct()
                .toArray(Buffer[]::new);
        return pool.preparedQuery("select hash, size, compressed, bytes from body where hash = any($1)")
                .execute(Tuple.tuple().addArrayOfBuffer(hashes))
                .map(rows -> {
                    Map<Buffer, Body> byHash = new HashMap<>();
                    rows.forEach(row -> byHash.put(row.getBuffer(0), content(row)));
                    List<Body> bodies = new ArrayList<>(emails.size());
                    for (EmailRow email : emails) {
                        Body body = byHash.get(Buffer.buffer(email.bodyHash()));
                        if (body == null) {
                            throw new IllegalStateException("the body of email " + email.email() + " is missing");
                        }
                        bodies.add(body);
                    }
                    return bodies;
                });
    }

    private static Body content(Row row) {
        Buffer bytes = row.getBuffer(3);
        long size = row.getLong(1);
        if (bytes == null) {
            return new Body.Stored(new BodyRef(hex(row.getBuffer(0).getBytes()), size));
        }
        return new Body.Inline(
                row.getBoolean(2) ? Zstd.decompress(bytes.getBytes(), Math.toIntExact(size)) : bytes.getBytes());
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static MailboxRow mailbox(Row row) {
        return new MailboxRow(
                row.getLong(0),
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Optional.ofNullable(row.getString(9)));
    }

    private static MailboxChanges.Changed changed(Row row) {
        String[] keywords = row.getArrayOfStrings(2);
        int bits = row.getInteger(1);
        Flags flags = keywords == null || keywords.length == 0
                ? bits == 0 ? Flags.NONE : new Flags(bits, List.of())
                : new Flags(bits, List.of(keywords));
        return new MailboxChanges.Changed(row.getLong(0), flags, row.getLong(3));
    }

    private static EmailRow email(Row row) {
        return new EmailRow(
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                row.getBuffer(3).getBytes(),
                row.getBuffer(4).getBytes(),
                row.getLong(5),
                row.getOffsetDateTime(6).toInstant(),
                row.getOffsetDateTime(7).toInstant(),
                Optional.ofNullable(row.getLocalDate(8)),
                row.getBuffer(9).getBytes(),
                row.getBuffer(10).getBytes(),
                row.getBuffer(11).getBytes(),
                row.getBuffer(12).getBytes(),
                "E" + Long.toString(row.getLong(1), 36),
                row.getString(13));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            all.add(read.apply(row));
        }
        return all;
    }
}
