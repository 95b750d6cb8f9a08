package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mailbox.api.CommandRequest;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.command.Commands;
import org.facteur.mailbox.store.command.Scope;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.PermanentFailure;
import org.facteur.platform.kafka.RecordProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of mailbox.commands: those of one account one after the other, those of different accounts side by side. A
 * command's result is written down in its own transaction, so a repeat finds it.
 */
final class CommandStage {
    private static final Logger LOG = LoggerFactory.getLogger(CommandStage.class);

    private final Pool pool;
    private final Directory directory;
    private final Accounts accounts;
    private final EmailIds ids;
    private final Preparation preparation;
    private final Announcements announcements;
    private final RecordProducer replies;
    private final Clock clock;

    CommandStage(
            Pool pool,
            Directory directory,
            Accounts accounts,
            EmailIds ids,
            Preparation preparation,
            Announcements announcements,
            RecordProducer replies,
            Clock clock) {
        this.pool = pool;
        this.directory = directory;
        this.accounts = accounts;
        this.ids = ids;
        this.preparation = preparation;
        this.announcements = announcements;
        this.replies = replies;
        this.clock = clock;
    }

    /** One batch; the offsets may move when the future completes. */
    Future<Void> run(List<ConsumerRecord<String, byte[]>> records) {
        List<CommandRequest> requests = new ArrayList<>(records.size());
        try {
            records.forEach(record -> requests.add(Json.read(record.value(), CommandRequest.class)));
        } catch (RuntimeException e) {
            return Future.failedFuture(new PermanentFailure("not a mailbox command", e));
        }
        Map<String, Future<Void>> byAccount = new LinkedHashMap<>();
        for (CommandRequest request : requests) {
            byAccount.merge(request.account(), Future.succeededFuture(), (before, none) -> before);
            byAccount.computeIfPresent(request.account(), (account, before) -> before.compose(done -> run(request)));
        }
        // All come to their end before any is repeated: no command runs beside itself.
        return Future.join(new ArrayList<>(byAccount.values())).mapEmpty();
    }

    private Future<Void> run(CommandRequest request) {
        Optional<AddressEntry> entry = directory.account(request.account());
        if (entry.isEmpty()) {
            reply(request, CommandResult.refused(CommandResult.Code.NONEXISTENT, "there is no such account"));
            return Future.succeededFuture();
        }
        return appended(request.command())
                .compose(message -> accounts.get(request.account())
                        .compose(account -> pool.withTransaction(connection -> once(
                                connection, request, account.id(), entry.get().quota(), message))))
                .recover(cause -> refused(request, cause))
                .map(done -> {
                    done.changes().forEach(change -> tell(request.account(), change));
                    reply(request, done.result());
                    return null;
                });
    }

    /** A command that can never be done is refused; any other failure is one of something that is down. */
    private static Future<Done> refused(CommandRequest request, Throwable cause) {
        if (RefusedData.isNameTaken(cause)) {
            return Future.succeededFuture(new Done(
                    CommandResult.refused(CommandResult.Code.ALREADYEXISTS, "there is a mailbox of that name already"),
                    List.of()));
        }
        if (!RefusedData.is(cause) && !(cause instanceof PermanentFailure)) {
            return Future.failedFuture(cause);
        }
        LOG.warn("command {} of {} cannot be done: {}", request.id(), request.account(), cause.toString());
        return Future.succeededFuture(
                new Done(CommandResult.refused(CommandResult.Code.CANNOT, "it cannot be done"), List.of()));
    }

    /** What a transaction gave. */
    private record Done(CommandResult result, List<Scope.Change> changes) {}

    private Future<Done> once(
            SqlConnection connection,
            CommandRequest request,
            long account,
            long quota,
            Optional<Commands.Appended> message) {
        return connection
                .preparedQuery("select result from command_result where id = $1")
                .execute(Tuple.of(request.id()))
                .compose(rows -> {
                    if (rows.size() > 0) {
                        byte[] recorded = rows.iterator().next().getBuffer(0).getBytes();
                        return Future.succeededFuture(new Done(Json.read(recorded, CommandResult.class), List.of()));
                    }
                    Scope scope = Scope.of(connection, account, quota, clock);
                    return Commands.run(scope, request.command(), message)
                            .compose(result -> record(connection, request, result)
                                    .map(recorded -> new Done(result, scope.changes())));
                });
    }

    private Future<Void> record(SqlConnection connection, CommandRequest request, CommandResult result) {
        return connection
                .preparedQuery("insert into command_result (id, at, result) values ($1, $2, $3) on conflict do nothing")
                .execute(Tuple.of(request.id(), EmailWriter.utc(clock.instant()), Buffer.buffer(Json.bytes(result))))
                .compose(inserted -> inserted.rowCount() == 1
                        ? Future.succeededFuture()
                        // Another instance ran it meanwhile: this transaction is undone, the repeat finds the result.
                        : Future.failedFuture(new IllegalStateException("command " + request.id() + " ran elsewhere")));
    }

    private Future<Optional<Commands.Appended>> appended(MailboxCommand command) {
        return command instanceof MailboxCommand.Append append
                ? preparation.of(new byte[0], append.body()).compose(message -> ids.take(1)
                        .map(id -> Optional.of(new Commands.Appended(message, id))))
                : Future.succeededFuture(Optional.empty());
    }

    private void tell(String account, Scope.Change change) {
        if (change.mailbox() == 0) {
            // A folder that mail is delivered to may have got another number.
            accounts.forget(account);
        }
        announcements.changed(account, change.mailbox(), change.modseq());
    }

    /** A reply that is lost is asked for again: the gateway repeats the command. */
    private void reply(CommandRequest request, CommandResult result) {
        replies.send(KafkaConnection.reply(Topic.REPLIES, ReplyAddress.parse(request.replyTo()), Json.bytes(result)))
                .onFailure(cause -> LOG.warn("reply to command {} not sent: {}", request.id(), cause.toString()));
    }
}
