package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.mailbox.api.CommandResult;

/**
 * What a running command has: its transaction, its account, and a list of what to tell once the transaction is committed.
 *
 * @param account the account's number
 * @param quota octets that the account may keep; 0 for any number
 * @param changes filled by the command
 */
public record Scope(SqlConnection connection, long account, long quota, Clock clock, List<Change> changes) {
    /** A mailbox that is at a new modification sequence; mailbox 0 is the list of mailboxes. */
    public record Change(long mailbox, long modseq) {}

    /** A scope with nothing to tell yet. */
    public static Scope of(SqlConnection connection, long account, long quota, Clock clock) {
        return new Scope(connection, account, quota, clock, new ArrayList<>());
    }

    /** A mailbox's row, locked. */
    record Locked(long id, long uidValidity, long modseq) {}

    /** Locks the account's mailbox of a number; empty where there is none. */
    Future<Optional<Locked>> lock(long mailbox) {
        return lockBy("id = $2", mailbox);
    }

    /** Locks the account's mailbox of a name; empty where there is none. */
    Future<Optional<Locked>> lock(String name) {
        return lockBy("name = $2", name);
    }

    private Future<Optional<Locked>> lockBy(String condition, Object value) {
        return connection
                .preparedQuery("select id, uid_validity, modseq from mailbox where account = $1 and " + condition
                        + " for update")
                .execute(Tuple.of(account, value))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(new Locked(row.getLong(0), row.getLong(1), row.getLong(2)));
                });
    }

    /** Whether the account may keep so many octets more. */
    Future<Boolean> hasRoom(long octets) {
        return quota == 0
                ? Future.succeededFuture(true)
                : connection
                        .preparedQuery("select coalesce(sum(size), 0)::bigint from mailbox where account = $1")
                        .execute(Tuple.of(account))
                        .map(rows -> rows.iterator().next().getLong(0) + octets <= quota);
    }

    void changed(long mailbox, long modseq) {
        changes.add(new Change(mailbox, modseq));
    }

    void listChanged() {
        changes.add(new Change(0, 0));
    }

    static Future<CommandResult> gone() {
        return Future.succeededFuture(
                CommandResult.refused(CommandResult.Code.NONEXISTENT, "there is no such mailbox"));
    }

    static Future<CommandResult> tryCreate(String name) {
        return Future.succeededFuture(
                CommandResult.refused(CommandResult.Code.TRYCREATE, "there is no mailbox " + name));
    }

    static Future<CommandResult> full() {
        return Future.succeededFuture(
                CommandResult.refused(CommandResult.Code.OVERQUOTA, "the account's quota is used up"));
    }

    static Long[] boxed(long[] numbers) {
        Long[] boxed = new Long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }
}
