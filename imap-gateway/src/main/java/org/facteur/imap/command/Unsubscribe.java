package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** UNSUBSCRIBE (RFC 9051 section 6.3.8): {@code "UNSUBSCRIBE" SP mailbox}. */
record Unsubscribe(String name) implements ImapCommand {
    static Unsubscribe parse(Arguments in, MailboxNames names) {
        in.space();
        return new Unsubscribe(names.read(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return session.services()
                .mailboxes()
                .subscribe(session.account(), name, false)
                .map(Reply.ok("UNSUBSCRIBE completed"));
    }
}
