package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** NAMESPACE (RFC 9051 section 6.3.10): all mailboxes are personal, without a prefix. */
record Namespace() implements ImapCommand {
    static Namespace parse(Arguments in, MailboxNames names) {
        return new Namespace();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        return session.untagged("NAMESPACE ((\"\" \"/\")) NIL NIL").map(Reply.ok("NAMESPACE completed"));
    }
}
