package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.Keywords;

/** STORE (RFC 9051 section 6.4.6), conditional with unchangedSince (RFC 7162 section 3.1.3). */
final class Store {
    private Store() {}

    /** What changes about one message. */
    private record Changed(long uid, Flags before, Flags after) {}

    static Future<CommandResult> run(Scope scope, MailboxCommand.Store command) {
        return scope.lock(command.mailbox())
                .compose(mailbox -> mailbox.isEmpty() ? Scope.gone() : change(scope, command, mailbox.get()));
    }

    private static Future<CommandResult> change(Scope scope, MailboxCommand.Store command, Scope.Locked mailbox) {
        return scope.connection()
                .preparedQuery("select uid, flags, keywords, modseq from message where mailbox = $1 and uid = any($2)"
                        + " order by uid")
                .execute(Tuple.tuple().addLong(mailbox.id()).addArrayOfLong(Scope.boxed(command.uids())))
                .compose(rows -> {
                    List<Changed> changes = new ArrayList<>();
                    List<Long> modified = new ArrayList<>();
                    for (Row row : rows) {
                        if (command.unchangedSince() != null && row.getLong(3) > command.unchangedSince()) {
                            modified.add(row.getLong(0));
                            continue;
                        }
                        Flags before = flags(row);
                        Flags after = apply(before, command);
                        if (!after.equals(before)) {
                            changes.add(new Changed(row.getLong(0), before, after));
                        }
                    }
                    long[] left = modified.isEmpty()
                            ? null
                            : modified.stream().mapToLong(Long::longValue).toArray();
                    return changes.isEmpty()
                            ? Future.succeededFuture(CommandResult.stored(mailbox.id(), mailbox.modseq(), left))
                            : write(scope, mailbox, changes)
                                    .map(modseq -> CommandResult.stored(mailbox.id(), modseq, left));
                });
    }

    private static Future<Long> write(Scope scope, Scope.Locked mailbox, List<Changed> changes) {
        long modseq = mailbox.modseq() + 1;
        long unseen = 0;
        long deleted = 0;
        for (Changed one : changes) {
            unseen += count(!one.after().has(Flags.SEEN)) - count(!one.before().has(Flags.SEEN));
            deleted +=
                    count(one.after().has(Flags.DELETED)) - count(one.before().has(Flags.DELETED));
        }
        scope.changed(mailbox.id(), modseq);
        Tuple counters = Tuple.of(mailbox.id(), modseq, unseen, deleted);
        return scope.connection()
                .preparedQuery(
                        "update mailbox set modseq = $2, unseen = unseen + $3, deleted = deleted + $4 where id = $1")
                .execute(counters)
                .compose(updated -> scope.connection()
                        .preparedQuery("update message m set flags = c.flags,"
                                + " keywords = string_to_array(c.keywords, ' '), modseq = $2"
                                + " from unnest($3::bigint[], $4::integer[], $5::text[]) as c(uid, flags, keywords)"
                                + " where m.mailbox = $1 and m.uid = c.uid")
                        .execute(Tuple.tuple()
                                .addLong(mailbox.id())
                                .addLong(modseq)
                                .addArrayOfLong(
                                        changes.stream().map(Changed::uid).toArray(Long[]::new))
                                .addArrayOfInteger(changes.stream()
                                        .map(one -> one.after().bits())
                                        .toArray(Integer[]::new))
                                .addArrayOfString(changes.stream()
                                        .map(one -> Keywords.joined(one.after().keywords()))
                                        .toArray(String[]::new))))
                .map(modseq);
    }

    private static Flags apply(Flags before, MailboxCommand.Store command) {
        Flags given = Flags.of(command.flags());
        return switch (command.mode()) {
            case REPLACE -> given;
            case ADD -> before.plus(given);
            case REMOVE -> before.minus(given);
        };
    }

    static Flags flags(Row row) {
        String[] keywords = row.getArrayOfStrings(2);
        return new Flags(row.getInteger(1), keywords == null ? List.of() : List.of(keywords));
    }

    private static long count(boolean holds) {
        return holds ? 1 : 0;
    }
}
