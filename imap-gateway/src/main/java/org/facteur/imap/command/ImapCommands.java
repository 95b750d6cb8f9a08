package org.facteur.imap.command;

import static org.facteur.imap.session.CommandSpec.Rule.CHANGES_MAILBOX;
import static org.facteur.imap.session.CommandSpec.Rule.STREAMS_LITERAL;
import static org.facteur.imap.session.CommandSpec.Rule.USES_SEQUENCE_NUMBERS;
import static org.facteur.imap.session.CommandSpec.Rule.WAITS;
import static org.facteur.imap.session.State.Kind.AUTHENTICATED;
import static org.facteur.imap.session.State.Kind.NOT_AUTHENTICATED;
import static org.facteur.imap.session.State.Kind.SELECTED;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facteur.imap.session.CommandSpec;
import org.facteur.imap.session.CommandSpec.Parser;
import org.facteur.imap.session.CommandSpec.Rule;
import org.facteur.imap.session.State;

/** The table of all commands: name, parser, states where it is legal, rules. */
public final class ImapCommands {
    private static final Set<State.Kind> ANY = Set.of(NOT_AUTHENTICATED, AUTHENTICATED, SELECTED);
    private static final Set<State.Kind> BEFORE_LOGIN = Set.of(NOT_AUTHENTICATED);
    private static final Set<State.Kind> LOGGED_IN = Set.of(AUTHENTICATED, SELECTED);
    private static final Set<State.Kind> IN_MAILBOX = Set.of(SELECTED);

    /** By name; UID forms are named {@code UID FETCH}. */
    public static final Map<String, CommandSpec> TABLE = Stream.of(
                    row("CAPABILITY", Capability::parse, ANY),
                    row("NOOP", Noop::parse, ANY),
                    row("LOGOUT", Logout::parse, ANY),
                    row("ID", Id::parse, ANY),
                    row("STARTTLS", StartTls::parse, BEFORE_LOGIN),
                    row("LOGIN", Login::parse, BEFORE_LOGIN),
                    row("AUTHENTICATE", Authenticate::parse, BEFORE_LOGIN),
                    row("ENABLE", Enable::parse, LOGGED_IN),
                    row("NAMESPACE", Namespace::parse, LOGGED_IN),
                    row("LIST", ListCommand::parse, LOGGED_IN),
                    row("LSUB", Lsub::parse, LOGGED_IN),
                    row("SUBSCRIBE", Subscribe::parse, LOGGED_IN),
                    row("UNSUBSCRIBE", Unsubscribe::parse, LOGGED_IN),
                    row("CREATE", Create::parse, LOGGED_IN),
                    row("DELETE", Delete::parse, LOGGED_IN),
                    row("RENAME", Rename::parse, LOGGED_IN),
                    row("STATUS", Status::parse, LOGGED_IN),
                    row("SELECT", Select::parse, LOGGED_IN),
                    row("EXAMINE", Select::parseExamine, LOGGED_IN),
                    row("APPEND", Append::parse, LOGGED_IN, STREAMS_LITERAL),
                    row("IDLE", Idle::parse, LOGGED_IN, WAITS),
                    row("CHECK", Check::parse, IN_MAILBOX),
                    row("CLOSE", Close::parse, IN_MAILBOX),
                    row("UNSELECT", Unselect::parse, IN_MAILBOX),
                    row("EXPUNGE", Expunge::parse, IN_MAILBOX, CHANGES_MAILBOX),
                    row("UID EXPUNGE", Expunge::parseUid, IN_MAILBOX, CHANGES_MAILBOX),
                    row("FETCH", Fetch::parse, IN_MAILBOX, USES_SEQUENCE_NUMBERS),
                    row("UID FETCH", Fetch::parseUid, IN_MAILBOX),
                    row("STORE", Store::parse, IN_MAILBOX, USES_SEQUENCE_NUMBERS, CHANGES_MAILBOX),
                    row("UID STORE", Store::parseUid, IN_MAILBOX, CHANGES_MAILBOX),
                    row("SEARCH", SearchCommand::parse, IN_MAILBOX, USES_SEQUENCE_NUMBERS),
                    row("UID SEARCH", SearchCommand::parseUid, IN_MAILBOX),
                    row("COPY", Copy::parse, IN_MAILBOX),
                    row("UID COPY", Copy::parseUid, IN_MAILBOX),
                    row("MOVE", Move::parse, IN_MAILBOX, CHANGES_MAILBOX),
                    row("UID MOVE", Move::parseUid, IN_MAILBOX, CHANGES_MAILBOX))
            .collect(Collectors.toUnmodifiableMap(CommandSpec::name, Function.identity()));

    private ImapCommands() {}

    private static CommandSpec row(String name, Parser parser, Set<State.Kind> states, Rule... rules) {
        return new CommandSpec(name, parser, states, Set.of(rules));
    }
}
