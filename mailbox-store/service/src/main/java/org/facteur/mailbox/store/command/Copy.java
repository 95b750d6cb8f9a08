package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.EmailWriter;

/** COPY and MOVE (RFC 9051 sections 6.4.7 and 6.4.8): rows, not bytes. */
final class Copy {
    private Copy() {}

    static Future<CommandResult> run(Scope scope, MailboxCommand.Copy command) {
        return both(scope, command.mailbox(), command.to(), (from, to) -> scope.connection()
                .preparedQuery("select coalesce(sum(e.size), 0)::bigint from message m join email e on e.id = m.email"
                        + " where m.mailbox = $1 and m.uid = any($2)")
                .execute(Tuple.tuple().addLong(from.id()).addArrayOfLong(Scope.boxed(command.uids())))
                .compose(rows -> scope.hasRoom(rows.iterator().next().getLong(0)))
                .compose(room -> room ? copy(scope, from, to, command.uids()) : Scope.full()));
    }

    static Future<CommandResult> move(Scope scope, MailboxCommand.Move command) {
        return both(scope, command.mailbox(), command.to(), (from, to) -> copy(scope, from, to, command.uids())
                .compose(copied -> {
                    Tuple tuple = Tuple.tuple().addLong(from.id()).addArrayOfLong(Scope.boxed(copied.from()));
                    // Where a mailbox is moved onto itself the copies have made it one modseq older than it was locked.
                    Scope.Locked now = from.id() == to.id()
                            ? new Scope.Locked(from.id(), from.uidValidity(), copied.modseq())
                            : from;
                    return Expunge.remove(scope, now, "m.uid = any($2)", tuple)
                            .map(modseq -> CommandResult.added(
                                    from.id(), copied.uidValidity(), modseq, copied.from(), copied.to()));
                }));
    }

    /** Runs with both mailboxes locked, in the order of their numbers. */
    private static Future<CommandResult> both(Scope scope, long mailbox, String name, Action action) {
        return scope.connection()
                .preparedQuery(
                        "select id from mailbox where account = $1 and (id = $2 or name = $3) order by id for update")
                .execute(Tuple.of(scope.account(), mailbox, name))
                .compose(locked -> scope.lock(mailbox))
                .compose(from -> from.isEmpty()
                        ? Scope.gone()
                        : scope.lock(name)
                                .compose(
                                        to -> to.isEmpty() ? Scope.tryCreate(name) : action.run(from.get(), to.get())));
    }

    private interface Action {
        Future<CommandResult> run(Scope.Locked from, Scope.Locked to);
    }

    private static Future<CommandResult> copy(Scope scope, Scope.Locked from, Scope.Locked to, long[] uids) {
        return scope.connection()
                .preparedQuery("select m.uid, m.flags, m.keywords, m.email, e.size from message m"
                        + " join email e on e.id = m.email where m.mailbox = $1 and m.uid = any($2) order by m.uid")
                .execute(Tuple.tuple().addLong(from.id()).addArrayOfLong(Scope.boxed(uids)))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(CommandResult.added(
                                from.id(), to.uidValidity(), from.modseq(), new long[0], new long[0]))
                        : insert(scope, from, to, rows));
    }

    private static Future<CommandResult> insert(Scope scope, Scope.Locked from, Scope.Locked to, RowSet<Row> rows) {
        int count = rows.size();
        long unseen = 0;
        long deleted = 0;
        long size = 0;
        long[] sources = new long[count];
        int i = 0;
        for (Row row : rows) {
            sources[i++] = row.getLong(0);
            unseen += (row.getInteger(1) & Flags.SEEN) == 0 ? 1 : 0;
            deleted += (row.getInteger(1) & Flags.DELETED) != 0 ? 1 : 0;
            size += row.getLong(4);
        }
        return scope.connection()
                .preparedQuery("update mailbox set uid_next = uid_next + $2, modseq = modseq + 1,"
                        + " messages = messages + $2, unseen = unseen + $3, deleted = deleted + $4, size = size + $5"
                        + " where id = $1 returning uid_next - $2, modseq")
                .execute(Tuple.of(to.id(), (long) count, unseen, deleted, size))
                .compose(updated -> {
                    Row slot = updated.iterator().next();
                    long[] targets = new long[count];
                    for (int n = 0; n < count; n++) {
                        targets[n] = slot.getLong(0) + n;
                    }
                    scope.changed(to.id(), slot.getLong(1));
                    return scope.connection()
                            .preparedQuery("insert into message (mailbox, uid, email, flags, keywords, modseq, saved)"
                                    + " select $1, t.target, m.email, m.flags, m.keywords, $2, $3 from message m"
                                    + " join unnest($5::bigint[], $6::bigint[]) as t(source, target) on t.source = m.uid"
                                    + " where m.mailbox = $4")
                            .execute(Tuple.tuple()
                                    .addLong(to.id())
                                    .addLong(slot.getLong(1))
                                    .addOffsetDateTime(
                                            EmailWriter.utc(scope.clock().instant()))
                                    .addLong(from.id())
                                    .addArrayOfLong(Scope.boxed(sources))
                                    .addArrayOfLong(Scope.boxed(targets)))
                            .map(inserted -> CommandResult.added(
                                    from.id(), to.uidValidity(), slot.getLong(1), sources, targets));
                });
    }
}
