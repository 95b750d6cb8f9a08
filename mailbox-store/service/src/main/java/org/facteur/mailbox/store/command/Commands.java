package org.facteur.mailbox.store.command;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.store.Prepared;

/** The table of commands. */
public final class Commands {
    private static final Map<Class<? extends MailboxCommand>, BiFunction<Scope, MailboxCommand, Future<CommandResult>>>
            TABLE = Map.of(
                    MailboxCommand.Store.class, of(MailboxCommand.Store.class, Store::run),
                    MailboxCommand.Copy.class, of(MailboxCommand.Copy.class, Copy::run),
                    MailboxCommand.Move.class, of(MailboxCommand.Move.class, Copy::move),
                    MailboxCommand.Expunge.class, of(MailboxCommand.Expunge.class, Expunge::run),
                    MailboxCommand.Create.class, of(MailboxCommand.Create.class, Mailboxes::create),
                    MailboxCommand.Delete.class, of(MailboxCommand.Delete.class, Mailboxes::delete),
                    MailboxCommand.Rename.class, of(MailboxCommand.Rename.class, Mailboxes::rename),
                    MailboxCommand.Subscribe.class, of(MailboxCommand.Subscribe.class, Mailboxes::subscribe));

    private Commands() {}

    /**
     * A message that an APPEND brings.
     *
     * @param emailId its number
     */
    public record Appended(Prepared message, long emailId) {}

    /** Runs a command within the scope's transaction. */
    public static Future<CommandResult> run(Scope scope, MailboxCommand command, Optional<Appended> appended) {
        return command instanceof MailboxCommand.Append append
                ? Append.run(
                        scope,
                        append,
                        appended.orElseThrow().message(),
                        appended.orElseThrow().emailId())
                : TABLE.get(command.getClass()).apply(scope, command);
    }

    private static <C extends MailboxCommand> BiFunction<Scope, MailboxCommand, Future<CommandResult>> of(
            Class<C> type, BiFunction<Scope, C, Future<CommandResult>> run) {
        return (scope, command) -> run.apply(scope, type.cast(command));
    }
}
