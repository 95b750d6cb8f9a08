package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Optional;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** CLOSE (RFC 9051 section 6.4.1): expunges without a word, then no mailbox is selected. */
record Close() implements ImapCommand {
    static Close parse(Arguments in, MailboxNames names) {
        return new Close();
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        Future<?> expunged = mailbox.readOnly() || !mailbox.view().current().hasFlag("\\Deleted")
                ? Future.succeededFuture()
                : session.services().mailboxes().expunge(session.account(), mailbox.id(), Optional.empty());
        return expunged.map(ignored -> {
            session.unselect();
            return Reply.ok("CLOSE completed");
        });
    }
}
