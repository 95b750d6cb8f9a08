package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** STARTTLS (RFC 9051 section 6.2.1): what the client sent behind it in the clear is thrown away. */
record StartTls() implements ImapCommand {
    static StartTls parse(Arguments in, MailboxNames names) {
        return new StartTls();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return Future.succeededFuture(
                session.connection().canStartTls()
                        ? Reply.ok("begin TLS negotiation now").then(Reply.Next.START_TLS)
                        : Reply.bad("TLS is not possible here"));
    }
}
