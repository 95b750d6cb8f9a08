package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.List;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.Wire;

/** STATUS (RFC 9051 section 6.3.11): {@code "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"}. */
record Status(String name, List<StatusItem> items) implements ImapCommand {
    static Status parse(Arguments in, MailboxNames names) {
        in.space();
        String name = names.read(in);
        in.space();
        return new Status(name, StatusItem.parseAll(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        if (items.contains(StatusItem.HIGHESTMODSEQ)) {
            session.enable(Feature.CONDSTORE);
        }
        return session.services()
                .mailboxes()
                .find(session.account(), name)
                .compose(found -> found.isEmpty()
                        ? Future.failedFuture(MailboxRules.missing())
                        : session.write(StatusItem.response(new Wire(), session.names(), found.get(), items)))
                .map(Reply.ok("STATUS completed"));
    }
}
