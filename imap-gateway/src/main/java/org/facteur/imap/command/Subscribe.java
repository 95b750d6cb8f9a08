package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** SUBSCRIBE (RFC 9051 section 6.3.7): {@code "SUBSCRIBE" SP mailbox}. */
record Subscribe(String name) implements ImapCommand {
    static Subscribe parse(Arguments in, MailboxNames names) {
        in.space();
        return new Subscribe(names.read(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return session.services()
                .mailboxes()
                .subscribe(session.account(), name, true)
                .map(Reply.ok("SUBSCRIBE completed"));
    }
}
