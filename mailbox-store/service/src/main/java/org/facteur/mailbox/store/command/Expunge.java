package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxCommand;

/** EXPUNGE and UID EXPUNGE (RFC 9051 sections 6.4.3 and 6.4.9). */
final class Expunge {
    private Expunge() {}

    static Future<CommandResult> run(Scope scope, MailboxCommand.Expunge command) {
        return scope.lock(command.mailbox()).compose(mailbox -> {
            if (mailbox.isEmpty()) {
                return Scope.gone();
            }
            boolean all = command.uids() == null;
            Tuple tuple = Tuple.tuple()
                    .addLong(mailbox.get().id())
                    .addInteger(Flags.DELETED)
                    .addBoolean(all)
                    .addArrayOfLong(all ? new Long[0] : Scope.boxed(command.uids()));
            return remove(scope, mailbox.get(), "(m.flags & $2) <> 0 and ($3 or m.uid = any($4))", tuple)
                    .map(modseq -> CommandResult.done(mailbox.get().id(), modseq));
        });
    }

    /**
     * Removes the messages of a locked mailbox that a condition holds for, and writes down that they are gone.
     *
     * @param condition on {@code message m}; $1 is the mailbox
     * @return the mailbox's modification sequence after it
     */
    static Future<Long> remove(Scope scope, Scope.Locked mailbox, String condition, Tuple tuple) {
        return scope.connection()
                .preparedQuery("delete from message m using email e where m.mailbox = $1 and e.id = m.email and "
                        + condition + " returning m.uid, m.flags, e.size")
                .execute(tuple)
                .compose(rows ->
                        rows.size() == 0 ? Future.succeededFuture(mailbox.modseq()) : writeDown(scope, mailbox, rows));
    }

    private static Future<Long> writeDown(Scope scope, Scope.Locked mailbox, RowSet<Row> rows) {
        long modseq = mailbox.modseq() + 1;
        Long[] uids = new Long[rows.size()];
        long unseen = 0;
        long deleted = 0;
        long size = 0;
        int i = 0;
        for (Row row : rows) {
            uids[i++] = row.getLong(0);
            int flags = row.getInteger(1);
            unseen += (flags & Flags.SEEN) == 0 ? 1 : 0;
            deleted += (flags & Flags.DELETED) != 0 ? 1 : 0;
            size += row.getLong(2);
        }
        scope.changed(mailbox.id(), modseq);
        return scope.connection()
                .preparedQuery("update mailbox set modseq = $2, messages = messages - $3, unseen = unseen - $4,"
                        + " deleted = deleted - $5, size = size - $6 where id = $1")
                .execute(Tuple.of(mailbox.id(), modseq, (long) uids.length, unseen, deleted, size))
                .compose(updated -> scope.connection()
                        .preparedQuery(
                                "insert into expunged (mailbox, modseq, uid) select $1, $2, unnest($3::bigint[])")
                        .execute(Tuple.tuple()
                                .addLong(mailbox.id())
                                .addLong(modseq)
                                .addArrayOfLong(uids)))
                .map(modseq);
    }
}
