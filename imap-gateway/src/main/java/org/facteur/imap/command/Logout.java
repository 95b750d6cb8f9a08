package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** LOGOUT (RFC 9051 section 6.1.3). */
record Logout() implements ImapCommand {
    static Logout parse(Arguments in, MailboxNames names) {
        return new Logout();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        session.unselect();
        return session.untagged("BYE see you").map(Reply.ok("LOGOUT completed").then(Reply.Next.CLOSE));
    }
}
