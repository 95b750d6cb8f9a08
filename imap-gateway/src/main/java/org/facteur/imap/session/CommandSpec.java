package org.facteur.imap.session;

import java.util.Set;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/**
 * A row of the table of commands.
 *
 * @param name in upper case; UID forms are {@code UID FETCH}
 * @param parser text to a command
 * @param states where it is legal
 * @param rules the protocol's hidden rules
 */
public record CommandSpec(String name, Parser parser, Set<State.Kind> states, Set<Rule> rules) {
    /** Reads the arguments, from the space after the name on; fails with {@link org.facteur.imap.syntax.SyntaxError}. */
    @FunctionalInterface
    public interface Parser {
        /** Reads them. */
        ImapCommand parse(Arguments in, MailboxNames names);
    }

    /** What the loop must know of a command. */
    public enum Rule {
        /** Its arguments or responses are sequence numbers, so no EXPUNGE may be sent (RFC 9051 section 7.5.1). */
        USES_SEQUENCE_NUMBERS,
        /** It changes the selected mailbox, so EXAMINE forbids it. */
        CHANGES_MAILBOX,
        /** Its last literal is a message: it is given to the command as it arrives, not kept. */
        STREAMS_LITERAL,
        /** It lasts as long as the client likes; its time says nothing. */
        WAITS
    }

    /** Whether a rule is about it. */
    public boolean is(Rule rule) {
        return rules.contains(rule);
    }
}
