package org.facteur.standalone;

import java.util.concurrent.Callable;
import org.facteur.admin.cli.AccountCommand;
import org.facteur.admin.cli.AliasCommand;
import org.facteur.admin.cli.ApiClient;
import org.facteur.admin.cli.DomainCommand;
import org.facteur.admin.cli.QueueCommand;
import org.facteur.admin.cli.TraceCommand;
import org.facteur.admin.cli.VerifyCommand;
import org.facteur.platform.service.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The facteur command: its verbs, and what a failure looks like: one line, and a status that is not 0. */
@Command(
        name = "facteur",
        description = "A mail platform for your own domains.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            RunCommand.class,
            ConfigCommand.class,
            SecretsCommand.class,
            DomainCommand.class,
            AccountCommand.class,
            AliasCommand.class,
            QueueCommand.class,
            TraceCommand.class,
            VerifyCommand.class,
            HelpCommand.class
        })
public final class Facteur implements Callable<Integer> {
    /** Runs one verb and ends the process with its status, unless the verb stays up. */
    public static void main(String[] args) {
        int status = new CommandLine(new Facteur())
                .setExecutionExceptionHandler((cause, command, parsed) -> {
                    if (cause instanceof ApiClient.ApiException) {
                        command.getErr().println("facteur: " + cause.getMessage());
                        return 1;
                    }
                    StartFailure failure = StartFailure.of(cause);
                    command.getErr().println("facteur: " + failure.line());
                    if (failure.status() == 1) {
                        cause.printStackTrace(command.getErr());
                    }
                    return failure.status();
                })
                .execute(args);
        if (status != UpCommand.STAYS_UP) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 2;
    }
}
