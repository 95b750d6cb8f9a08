package org.facteur.imap.command;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Outcome;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.State;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.platform.net.Line;

/** IDLE (RFC 9051 section 6.3.13): until DONE the client is told of every change as it happens. */
record Idle() implements ImapCommand {
    static Idle parse(Arguments in, MailboxNames names) {
        return new Idle();
    }

    @Override
    public Future<Outcome> run(ImapSession session) {
        Runnable stop = session.state() instanceof State.Selected selected
                ? selected.mailbox().view().onChange(() -> tell(session))
                : () -> {};
        session.whenClosed(stop);
        tell(session);
        return Future.succeededFuture(new Outcome.NeedsLine("+ idling", line -> done(stop, line)));
    }

    private static void tell(ImapSession session) {
        session.advance(true);
        session.connection().flush();
    }

    private static Future<Outcome> done(Runnable stop, Line line) {
        stop.run();
        return Future.succeededFuture(
                line.text(StandardCharsets.US_ASCII).strip().equalsIgnoreCase("DONE")
                        ? Reply.ok("IDLE completed")
                        : Reply.bad("expected DONE"));
    }
}
