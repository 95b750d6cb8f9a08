package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** UNSELECT (RFC 9051 section 6.4.2): as CLOSE, but nothing is expunged. */
record Unselect() implements ImapCommand {
    static Unselect parse(Arguments in, MailboxNames names) {
        return new Unselect();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        session.unselect();
        return Future.succeededFuture(Reply.ok("UNSELECT completed"));
    }
}
