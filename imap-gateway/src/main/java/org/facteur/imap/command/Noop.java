package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.State;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** NOOP (RFC 9051 section 6.1.2): the way of clients to ask for news; what there is goes out before the reply. */
record Noop() implements ImapCommand {
    static Noop parse(Arguments in, MailboxNames names) {
        return new Noop();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        Reply done = Reply.ok("NOOP completed");
        return session.state() instanceof State.Selected selected
                ? selected.mailbox().view().refresh().map(done)
                : Future.succeededFuture(done);
    }
}
