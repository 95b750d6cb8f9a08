package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Optional;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;

/**
 * EXPUNGE (RFC 9051 section 6.4.3) and UID EXPUNGE (section 6.4.9, {@code SP sequence-set}). The EXPUNGE responses are those
 * of every command: what the view no longer has.
 */
record Expunge(Optional<SequenceSet> uids) implements ImapCommand {
    static Expunge parse(Arguments in, MailboxNames names) {
        return new Expunge(Optional.empty());
    }

    static Expunge parseUid(Arguments in, MailboxNames names) {
        in.space();
        return new Expunge(Optional.of(in.sequenceSet()));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        Optional<int[]> chosen = uids.map(set -> mailbox.known().uids(mailbox.sequences(set, true)));
        if (chosen.isPresent() && chosen.get().length == 0) {
            return Future.succeededFuture(Reply.ok("EXPUNGE completed"));
        }
        return session.services()
                .mailboxes()
                .expunge(session.account(), mailbox.id(), chosen)
                .compose(modseq -> mailbox.view().reach(modseq))
                .map(Reply.ok("EXPUNGE completed"));
    }
}
