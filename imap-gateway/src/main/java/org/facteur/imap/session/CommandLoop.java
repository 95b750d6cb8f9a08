package org.facteur.imap.session;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.facteur.imap.session.CommandSpec.Rule;
import org.facteur.imap.syntax.CommandReader;
import org.facteur.imap.syntax.CommandReader.Command;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.syntax.Wire;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.Ending;
import org.facteur.platform.net.Line;
import org.facteur.platform.net.MalformedLine;
import org.facteur.platform.net.Session;

/**
 * The loop of one connection: lines to commands by way of {@link CommandReader}, commands to the table, outcomes to tagged
 * replies. States, limits, metrics and failures are handled here, once for all commands.
 */
public final class CommandLoop implements Session {
    private final Connection connection;
    private final ImapServices services;
    private final Map<String, CommandSpec> commands;
    private final ImapSession session;
    private final CommandReader reader = new CommandReader();
    private Optional<Function<Line, Future<Void>>> nextLine = Optional.empty();
    private int badCommands;
    private long loginTimer = -1;

    /** Serves a connection with the commands of a table. */
    public CommandLoop(Connection connection, ImapServices services, Map<String, CommandSpec> commands) {
        this.connection = connection;
        this.services = services;
        this.commands = commands;
        this.session = new ImapSession(connection, services);
    }

    @Override
    public Future<Void> opened() {
        services.meters().opened();
        loginTimer =
                services.vertx().setTimer(services.limits().beforeLogin().toMillis(), ignored -> endUnlessLoggedIn());
        return session.untagged("OK [CAPABILITY " + Capabilities.of(session) + "] " + services.hostname() + " ready");
    }

    @Override
    public Future<Void> line(Line line) {
        if (nextLine.isPresent()) {
            Function<Line, Future<Void>> taker = nextLine.get();
            nextLine = Optional.empty();
            return taker.apply(line);
        }
        return handle(reader.line(line));
    }

    @Override
    public Future<Void> malformed(MalformedLine why) {
        return bad(Optional.empty(), "the line is too long");
    }

    @Override
    public Future<Void> ending(Ending why) {
        return session.untagged("BYE "
                + switch (why) {
                    case SHUTDOWN -> "the server is stopping";
                    case IDLE -> "idle for too long";
                    case SESSION_TIMEOUT -> "connected for too long";
                });
    }

    @Override
    public void closed() {
        services.meters().closed();
        services.vertx().cancelTimer(loginTimer);
        session.closed();
    }

    private void endUnlessLoggedIn() {
        if (session.state() instanceof State.NotAuthenticated && !connection.isClosed()) {
            session.untagged(
                    "BYE no login within " + services.limits().beforeLogin().toSeconds() + " seconds");
            connection.close();
        }
    }

    private Future<Void> handle(CommandReader.Outcome outcome) {
        if (outcome instanceof Command command) {
            return run(command);
        }
        if (outcome instanceof CommandReader.NeedsLiteral literal) {
            return literal(literal);
        }
        if (outcome instanceof CommandReader.Invalid invalid) {
            return bad(invalid.tag(), invalid.text());
        }
        return Future.succeededFuture();
    }

    // ---- literals

    private Future<Void> literal(CommandReader.NeedsLiteral literal) {
        if (literal.tag().isEmpty()) {
            return skip(literal.size());
        }
        if (literal.command().isEmpty()) {
            return refuseLiteral(literal, Reply.bad("no command"));
        }
        Command command = literal.command().get();
        Optional<CommandSpec> spec = Optional.ofNullable(commands.get(command.name()));
        if (spec.isPresent() && spec.get().is(Rule.STREAMS_LITERAL)) {
            Optional<ImapCommand> streamed = streamed(spec.get(), command);
            if (streamed.isPresent()) {
                return stream(literal, command, spec.get(), streamed.get());
            }
        }
        if (!reader.keep()) {
            return refuseLiteral(literal, Reply.no("TOOBIG", "the literal is too large"));
        }
        goAhead(literal);
        return connection.read(literal.size(), reader::octets);
    }

    /** The command whose message the announced literal is; empty where the literal is something else, such as its mailbox. */
    private Optional<ImapCommand> streamed(CommandSpec spec, Command command) {
        try {
            return Optional.of(spec.parser().parse(command.arguments(), session.names()));
        } catch (SyntaxError e) {
            return Optional.empty();
        }
    }

    private Future<Void> stream(
            CommandReader.NeedsLiteral literal, Command command, CommandSpec spec, ImapCommand streamed) {
        if (!spec.states().contains(session.state().kind())) {
            return refuseLiteral(literal, wrongState(spec));
        }
        if (literal.size() > services.limits().maxMessage()) {
            return refuseLiteral(
                    literal,
                    Reply.no(
                            "TOOBIG",
                            "the largest message is of " + services.limits().maxMessage() + " octets"));
        }
        reader.detach();
        goAhead(literal);
        return execute(command, spec, streamed);
    }

    private void goAhead(CommandReader.NeedsLiteral literal) {
        if (literal.synchronizing()) {
            connection.write("+ go ahead\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.flush();
        }
    }

    private Future<Void> refuseLiteral(CommandReader.NeedsLiteral literal, Reply reply) {
        reader.drop();
        Future<Void> skipped = literal.synchronizing() ? Future.succeededFuture() : skip(literal.size());
        return skipped.compose(ignored -> reply(literal.tag().orElse("*"), reply));
    }

    private Future<Void> skip(long size) {
        return connection.read(size, (bytes, offset, length) -> {});
    }

    // ---- commands

    private Future<Void> run(Command command) {
        CommandSpec spec = commands.get(command.name());
        if (spec == null) {
            return bad(Optional.of(command.tag()), "no such command");
        }
        if (!spec.states().contains(session.state().kind())) {
            return reply(command.tag(), wrongState(spec));
        }
        ImapCommand parsed;
        try {
            parsed = spec.parser().parse(command.arguments(), session.names());
            command.arguments().end();
        } catch (SyntaxError e) {
            return bad(Optional.of(command.tag()), e.getMessage());
        } catch (Refusal e) {
            return reply(command.tag(), e.reply());
        }
        return execute(command, spec, parsed);
    }

    private static Reply wrongState(CommandSpec spec) {
        return Reply.bad(
                spec.states().contains(State.Kind.SELECTED)
                        ? spec.states().contains(State.Kind.AUTHENTICATED) ? "log in first" : "no mailbox is selected"
                        : "not after login");
    }

    private Future<Void> execute(Command command, CommandSpec spec, ImapCommand parsed) {
        if (spec.is(Rule.CHANGES_MAILBOX) && session.selected().readOnly()) {
            return reply(command.tag(), Reply.no("READ-ONLY", "the mailbox is selected read-only"));
        }
        session.begin(command.tag());
        long start = System.nanoTime();
        return outcome(command.tag(), spec, start, attempt(() -> parsed.run(session)));
    }

    private Future<Void> outcome(String tag, CommandSpec spec, long start, Future<? extends Outcome> running) {
        return running.transform(done -> {
            if (done.failed()) {
                return finish(tag, spec, start, Failures.reply(done.cause(), spec.name(), connection));
            }
            if (done.result() instanceof Outcome.NeedsLine more) {
                nextLine = Optional.of(line ->
                        outcome(tag, spec, start, attempt(() -> more.next().apply(line))));
                if (!more.prompt().isEmpty()) {
                    connection.write((more.prompt() + "\r\n").getBytes(StandardCharsets.UTF_8));
                    connection.flush();
                }
                return Future.succeededFuture();
            }
            return finish(tag, spec, start, (Reply) done.result());
        });
    }

    private Future<Void> finish(String tag, CommandSpec spec, long start, Reply reply) {
        if (!spec.is(Rule.WAITS)) {
            services.meters().ran(spec.name(), System.nanoTime() - start);
        }
        if (connection.isClosed()) {
            return Future.succeededFuture();
        }
        // RFC 9051 section 7.5.1: no EXPUNGE while a command that uses sequence numbers is in progress
        return session.advance(!spec.is(Rule.USES_SEQUENCE_NUMBERS)).compose(ignored -> reply(tag, reply));
    }

    /** A future also where the command throws instead. */
    private static Future<? extends Outcome> attempt(Supplier<Future<? extends Outcome>> run) {
        try {
            return run.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    // ---- replies

    private Future<Void> bad(Optional<String> tag, String text) {
        return reply(tag.orElse("*"), Reply.bad(text));
    }

    private Future<Void> reply(String tag, Reply reply) {
        byte[] line = new Wire()
                .text(tag)
                .text(" ")
                .text(reply.line())
                .crlf()
                .buffer()
                .getBytes();
        return switch (reply.next()) {
            case START_TLS -> connection.startTls(line);
            case CLOSE -> {
                connection.write(line);
                yield connection.close();
            }
            case CONTINUE -> connection.write(line).compose(ignored -> countBad(reply));
        };
    }

    private Future<Void> countBad(Reply reply) {
        if (reply.status() != Reply.Status.BAD
                || ++badCommands < services.limits().badCommands()) {
            return Future.succeededFuture();
        }
        session.untagged("BYE too many bad commands");
        return connection.close();
    }
}
