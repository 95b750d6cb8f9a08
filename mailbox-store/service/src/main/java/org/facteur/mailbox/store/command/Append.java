package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.EmailWriter;
import org.facteur.mailbox.store.NewEmail;
import org.facteur.mailbox.store.Prepared;

/** APPEND (RFC 9051 section 6.3.12). */
final class Append {
    private Append() {}

    /**
     * Adds the message.
     *
     * @param message prepared before the transaction
     * @param emailId its number
     */
    static Future<CommandResult> run(Scope scope, MailboxCommand.Append command, Prepared message, long emailId) {
        return scope.lock(command.mailbox())
                .compose(mailbox -> mailbox.isEmpty()
                        ? Scope.tryCreate(command.mailbox())
                        : scope.hasRoom(message.size())
                                .compose(room ->
                                        room ? add(scope, command, message, emailId, mailbox.get()) : Scope.full()));
    }

    private static Future<CommandResult> add(
            Scope scope, MailboxCommand.Append command, Prepared message, long emailId, Scope.Locked mailbox) {
        Instant now = scope.clock().instant();
        NewEmail email = new NewEmail(
                message,
                scope.account(),
                mailbox.id(),
                null,
                Optional.ofNullable(command.date()).orElse(now),
                Flags.of(command.flags()));
        return EmailWriter.write(scope.connection(), List.of(email), emailId, now)
                .map(written -> {
                    EmailWriter.Written one = written.get(0);
                    scope.changed(mailbox.id(), one.modseq());
                    return CommandResult.added(
                            mailbox.id(), one.uidValidity(), one.modseq(), null, new long[] {one.uid()});
                });
    }
}
