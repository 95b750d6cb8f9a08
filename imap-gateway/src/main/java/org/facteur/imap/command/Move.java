package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Mailboxes.Copied;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;

/** MOVE (RFC 9051 section 6.4.8) and UID MOVE: {@code "MOVE" SP sequence-set SP mailbox}. */
record Move(SequenceSet set, boolean byUid, String to) implements ImapCommand {
    static Move parse(Arguments in, MailboxNames names) {
        return parse(in, names, false);
    }

    static Move parseUid(Arguments in, MailboxNames names) {
        return parse(in, names, true);
    }

    private static Move parse(Arguments in, MailboxNames names, boolean byUid) {
        in.space();
        SequenceSet set = in.sequenceSet();
        in.space();
        return new Move(set, byUid, names.read(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        int[] uids = mailbox.known().uids(mailbox.sequences(set, byUid));
        Reply done = Reply.ok("MOVE completed");
        if (uids.length == 0) {
            return Future.succeededFuture(done);
        }
        return session.services()
                .mailboxes()
                .move(session.account(), mailbox.id(), uids, to)
                .recover(MailboxRules::tryCreate)
                .compose(moved ->
                        told(session, moved).compose(ignored -> mailbox.view().reach(moved.modseq())))
                .map(done);
    }

    /** RFC 6851 section 4.3: COPYUID goes in an untagged OK, before the EXPUNGE responses. */
    private static Future<Void> told(ImapSession session, Copied moved) {
        return moved.from().length == 0
                ? Future.succeededFuture()
                : session.untagged("OK [" + Copy.copyUid(moved) + "] moved");
    }
}
