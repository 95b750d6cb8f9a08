package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.State;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** DELETE (RFC 9051 section 6.3.5): {@code "DELETE" SP mailbox}. */
record Delete(String name) implements ImapCommand {
    static Delete parse(Arguments in, MailboxNames names) {
        in.space();
        return new Delete(names.read(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        if (name.equals("INBOX")) {
            return Future.succeededFuture(Reply.no("CANNOT", "INBOX stays"));
        }
        if (session.state() instanceof State.Selected selected
                && selected.mailbox().name().equals(name)) {
            session.unselect();
        }
        return session.services().mailboxes().delete(session.account(), name).map(Reply.ok("DELETE completed"));
    }
}
