package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.Capabilities;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** CAPABILITY (RFC 9051 section 6.1.1). */
record Capability() implements ImapCommand {
    static Capability parse(Arguments in, MailboxNames names) {
        return new Capability();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return session.untagged("CAPABILITY " + Capabilities.of(session)).map(Reply.ok("CAPABILITY completed"));
    }
}
