package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** The table of commands: verb, where it is legal, and what runs. State and unknown verbs are checked here, once. */
public final class SmtpCommands {
    /** When a command is legal. */
    private enum Needs {
        /** Always. */
        NOTHING,
        /** After EHLO or HELO. */
        GREETING,
        /** Within a transaction. */
        TRANSACTION
    }

    /** What runs: arguments as text, without the verb. */
    private interface Command {
        Future<Reply> run(SmtpSession session, String arguments);
    }

    /** {@code refuses}: its refusal is that of a message, a recipient or a log-in, and counted as such. */
    private record Entry(Needs needs, boolean refuses, Command command) {}

    private static final Map<String, Entry> TABLE = Map.ofEntries(
            Map.entry("EHLO", new Entry(Needs.NOTHING, false, Ehlo::run)),
            Map.entry("HELO", new Entry(Needs.NOTHING, false, Helo::run)),
            Map.entry("STARTTLS", new Entry(Needs.GREETING, false, StartTls::run)),
            Map.entry("AUTH", new Entry(Needs.GREETING, true, Auth::run)),
            Map.entry("MAIL", new Entry(Needs.GREETING, true, Mail::run)),
            Map.entry("RCPT", new Entry(Needs.TRANSACTION, true, Rcpt::run)),
            Map.entry("DATA", new Entry(Needs.TRANSACTION, false, Data::run)),
            Map.entry("BDAT", new Entry(Needs.NOTHING, true, Bdat::run)),
            Map.entry("RSET", new Entry(Needs.NOTHING, false, Rset::run)),
            Map.entry("NOOP", new Entry(Needs.NOTHING, false, Noop::run)),
            Map.entry("VRFY", new Entry(Needs.NOTHING, false, Vrfy::run)),
            Map.entry("HELP", new Entry(Needs.NOTHING, false, Help::run)),
            Map.entry("QUIT", new Entry(Needs.NOTHING, false, Quit::run)));

    /** What stands for all other verbs in metrics. */
    public static final String UNKNOWN = "unknown";

    private SmtpCommands() {}

    /** All verbs, in upper case. */
    public static Set<String> verbs() {
        return TABLE.keySet();
    }

    /**
     * Whether a refusal of the command refuses a message, a recipient or a log-in. That of DATA does not: what is refused then
     * was refused before, and the message itself comes later.
     */
    public static boolean canRefuse(String verb) {
        return TABLE.containsKey(verb) && TABLE.get(verb).refuses();
    }

    /** Whether there is such a verb, in upper case. */
    public static boolean isKnown(String verb) {
        return TABLE.containsKey(verb);
    }

    /** Runs a command; a {@link Refusal}, thrown or in the future, is its reply too. */
    public static Future<Reply> run(SmtpSession session, String verb, String arguments) {
        Entry entry = TABLE.get(verb);
        if (entry == null) {
            throw new Refusal(500, "5.5.1", "unknown command");
        }
        if (entry.needs() != Needs.NOTHING && session.helo().isEmpty()) {
            throw new Refusal(503, "5.5.1", "say EHLO first");
        }
        if (entry.needs() == Needs.TRANSACTION && session.transaction().isEmpty()) {
            throw new Refusal(503, "5.5.1", "say MAIL first");
        }
        return entry.command().run(session, arguments);
    }
}
