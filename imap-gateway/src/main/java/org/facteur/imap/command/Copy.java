package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Arrays;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Mailboxes.Copied;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;

/** COPY (RFC 9051 section 6.4.7) and UID COPY: {@code "COPY" SP sequence-set SP mailbox}. */
record Copy(SequenceSet set, boolean byUid, String to) implements ImapCommand {
    static Copy parse(Arguments in, MailboxNames names) {
        return parse(in, names, false);
    }

    static Copy parseUid(Arguments in, MailboxNames names) {
        return parse(in, names, true);
    }

    private static Copy parse(Arguments in, MailboxNames names, boolean byUid) {
        in.space();
        SequenceSet set = in.sequenceSet();
        in.space();
        return new Copy(set, byUid, names.read(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        int[] uids = mailbox.known().uids(mailbox.sequences(set, byUid));
        if (uids.length == 0) {
            return Future.succeededFuture(Reply.ok("COPY completed"));
        }
        return session.services()
                .mailboxes()
                .copy(session.account(), mailbox.id(), uids, to)
                .recover(MailboxRules::tryCreate)
                .map(copied -> copied.from().length == 0
                        ? Reply.ok("COPY completed")
                        : Reply.ok(copyUid(copied), "COPY completed"));
    }

    /** {@code COPYUID} of RFC 9051 section 7.1: both sets list the UIDs in the same order. */
    static String copyUid(Copied copied) {
        return "COPYUID " + copied.uidValidity() + " " + set(copied.from()) + " " + set(copied.to());
    }

    private static String set(int[] uids) {
        SequenceSet.Compactor compactor = new SequenceSet.Compactor();
        Arrays.stream(uids).asLongStream().forEach(compactor);
        return compactor.text();
    }
}
