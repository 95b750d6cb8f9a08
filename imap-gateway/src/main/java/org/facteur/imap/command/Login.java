package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** LOGIN (RFC 9051 section 6.2.3): {@code "LOGIN" SP userid SP password}. */
record Login(String user, String password) implements ImapCommand {
    static Login parse(Arguments in, MailboxNames names) {
        in.space();
        String user = in.astring();
        in.space();
        return new Login(user, in.astring());
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return Credentials.check(session, user, password);
    }

    @Override
    public String toString() {
        return "Login[user=" + user + "]";
    }
}
