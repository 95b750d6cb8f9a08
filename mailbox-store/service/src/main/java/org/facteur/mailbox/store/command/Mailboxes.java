package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.UidValidity;

/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 sections 6.3.4 to 6.3.8). */
final class Mailboxes {
    private static final String INBOX = "INBOX";
    private static final int LONGEST_NAME = 1000;

    private Mailboxes() {}

    static Future<CommandResult> create(Scope scope, MailboxCommand.Create command) {
        String name = command.name();
        if (!isGood(name)) {
            return cannot("\"" + name + "\" is not a name for a mailbox");
        }
        return scope.lock(name).compose(there -> {
            if (there.isPresent()) {
                return Future.succeededFuture(
                        CommandResult.refused(CommandResult.Code.ALREADYEXISTS, name + " is there already"));
            }
            return insert(scope, withParents(name), command.specialUse(), name).map(id -> {
                scope.listChanged();
                return CommandResult.done(id, 1);
            });
        });
    }

    static Future<CommandResult> delete(Scope scope, MailboxCommand.Delete command) {
        if (command.name().equals(INBOX)) {
            return cannot("INBOX cannot be deleted");
        }
        return scope.lock(command.name()).compose(mailbox -> {
            if (mailbox.isEmpty()) {
                return Scope.gone();
            }
            Tuple id = Tuple.of(mailbox.get().id());
            scope.listChanged();
            scope.changed(mailbox.get().id(), Long.MAX_VALUE);
            return scope.connection()
                    .preparedQuery("delete from message where mailbox = $1")
                    .execute(id)
                    .compose(done -> scope.connection()
                            .preparedQuery("delete from expunged where mailbox = $1")
                            .execute(id))
                    .compose(done -> scope.connection()
                            .preparedQuery("delete from mailbox where id = $1")
                            .execute(id))
                    .map(done -> CommandResult.done(mailbox.get().id(), 0));
        });
    }

    static Future<CommandResult> rename(Scope scope, MailboxCommand.Rename command) {
        if (!isGood(command.to()) || (command.to() + "/").startsWith(command.from() + "/")) {
            return cannot("\"" + command.from() + "\" cannot be renamed to \"" + command.to() + "\"");
        }
        return scope.lock(command.from())
                .compose(from -> from.isEmpty()
                        ? Scope.gone()
                        : scope.lock(command.to())
                                .compose(to -> to.isPresent()
                                        ? Future.succeededFuture(CommandResult.refused(
                                                CommandResult.Code.ALREADYEXISTS, command.to() + " is there already"))
                                        : command.from().equals(INBOX)
                                                ? moveInbox(scope, from.get(), command.to())
                                                : renameTree(scope, from.get(), command)));
    }

    static Future<CommandResult> subscribe(Scope scope, MailboxCommand.Subscribe command) {
        if (!isGood(command.name())) {
            return cannot("\"" + command.name() + "\" is not a name for a mailbox");
        }
        String sql = command.subscribed()
                ? "insert into subscription (account, name) values ($1, $2) on conflict do nothing"
                : "delete from subscription where account = $1 and name = $2";
        return scope.connection()
                .preparedQuery(sql)
                .execute(Tuple.of(scope.account(), command.name()))
                .map(done -> {
                    scope.listChanged();
                    return CommandResult.done(0, 0);
                });
    }

    private static Future<CommandResult> renameTree(Scope scope, Scope.Locked from, MailboxCommand.Rename command) {
        List<String> parents = withParents(command.to());
        parents.remove(command.to());
        Future<?> made = parents.isEmpty()
                ? Future.succeededFuture()
                : insert(scope, parents, null, parents.get(parents.size() - 1));
        return made.compose(done -> scope.connection()
                        .preparedQuery("update mailbox set name = $3 || substr(name, length($2) + 1)"
                                + " where account = $1 and (name = $2 or starts_with(name, $2 || '/'))")
                        .execute(Tuple.of(scope.account(), command.from(), command.to())))
                .map(renamed -> {
                    scope.listChanged();
                    return CommandResult.done(from.id(), from.modseq());
                });
    }

    /** Renaming INBOX moves its messages to the new name and leaves it empty (RFC 9051 section 6.3.6). */
    private static Future<CommandResult> moveInbox(Scope scope, Scope.Locked inbox, String to) {
        return create(scope, new MailboxCommand.Create(to, null))
                .compose(made -> !made.isOk()
                        ? Future.succeededFuture(made)
                        : scope.connection()
                                .preparedQuery("select uid from message where mailbox = $1 order by uid")
                                .execute(Tuple.of(inbox.id()))
                                .compose(rows -> {
                                    long[] uids = new long[rows.size()];
                                    int i = 0;
                                    for (var row : rows) {
                                        uids[i++] = row.getLong(0);
                                    }
                                    return Copy.move(scope, new MailboxCommand.Move(inbox.id(), uids, to));
                                }));
    }

    private static Future<Long> insert(Scope scope, List<String> names, String specialUse, String wanted) {
        return UidValidity.next(scope.connection(), scope.account(), scope.clock())
                .compose(uidValidity -> scope.connection()
                        .preparedQuery("insert into mailbox (account, name, special_use, uid_validity)"
                                + " select $1, name, case when name = $4 then $3 end, $5"
                                + " from unnest($2::text[]) as n(name) on conflict do nothing")
                        .execute(Tuple.tuple()
                                .addLong(scope.account())
                                .addArrayOfString(names.toArray(String[]::new))
                                .addString(specialUse)
                                .addString(wanted)
                                .addLong(uidValidity)))
                .compose(inserted -> scope.lock(wanted))
                .map(made -> made.orElseThrow().id());
    }

    private static List<String> withParents(String name) {
        List<String> names = new ArrayList<>();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            names.add(name.substring(0, slash));
        }
        names.add(name);
        return names;
    }

    private static boolean isGood(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !name.startsWith("/")
                && !name.endsWith("/")
                && !name.contains("//")
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static Future<CommandResult> cannot(String text) {
        return Future.succeededFuture(CommandResult.refused(CommandResult.Code.CANNOT, text));
    }
}
