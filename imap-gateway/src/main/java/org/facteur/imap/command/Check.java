package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** CHECK (RFC 3501 section 6.4.1): a checkpoint; every change is durable before its reply, so it is a NOOP. */
record Check() implements ImapCommand {
    static Check parse(Arguments in, MailboxNames names) {
        return new Check();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return session.selected().view().refresh().map(Reply.ok("CHECK completed"));
    }
}
