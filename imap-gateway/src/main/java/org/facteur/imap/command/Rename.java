package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** RENAME (RFC 9051 section 6.3.6): {@code "RENAME" SP mailbox SP mailbox}. */
record Rename(String from, String to) implements ImapCommand {
    static Rename parse(Arguments in, MailboxNames names) {
        in.space();
        String from = names.read(in);
        in.space();
        String to = names.read(in);
        return new Rename(from, to.endsWith("/") ? to.substring(0, to.length() - 1) : to);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        if (MailboxRules.isInvalid(to)) {
            return Future.succeededFuture(Reply.no("CANNOT", "no mailbox can have that name"));
        }
        return session.services()
                .mailboxes()
                .rename(session.account(), from, to)
                .map(Reply.ok("RENAME completed"));
    }
}
