package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Mailboxes.StoreMode;
import org.facteur.imap.store.Mailboxes.Stored;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.syntax.Wire;

/**
 * STORE (RFC 9051 section 6.4.6) and UID STORE:
 * {@code "STORE" SP sequence-set [SP "(UNCHANGEDSINCE " n ")"] SP ["+" / "-"] "FLAGS" [".SILENT"] SP flags} (RFC 7162 section
 * 3.1.3).
 */
record Store(
        SequenceSet set,
        boolean byUid,
        Optional<Long> unchangedSince,
        StoreMode mode,
        boolean silent,
        List<String> flags)
        implements ImapCommand {
    static Store parse(Arguments in, MailboxNames names) {
        return parse(in, false);
    }

    static Store parseUid(Arguments in, MailboxNames names) {
        return parse(in, true);
    }

    private static Store parse(Arguments in, boolean byUid) {
        in.space();
        SequenceSet set = in.sequenceSet();
        in.space();
        Optional<Long> unchangedSince = Optional.empty();
        if (in.skip("(UNCHANGEDSINCE ")) {
            unchangedSince = Optional.of(in.number64());
            in.expect(')');
            in.space();
        }
        StoreMode mode = in.skip('+') ? StoreMode.ADD : in.skip('-') ? StoreMode.REMOVE : StoreMode.REPLACE;
        String item = in.word();
        if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
            throw new SyntaxError("no such store item: " + item);
        }
        in.space();
        return new Store(set, byUid, unchangedSince, mode, item.endsWith("T"), FlagList.parse(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        if (unchangedSince.isPresent()) {
            session.enable(Feature.CONDSTORE);
        }
        int[] sequences = mailbox.sequences(set, byUid);
        if (sequences.length == 0) {
            return Future.succeededFuture(Reply.ok("STORE completed"));
        }
        int[] uids = mailbox.known().uids(sequences);
        return session.services()
                .mailboxes()
                .store(session.account(), mailbox.id(), uids, mode, flags, unchangedSince)
                .compose(stored -> mailbox.view()
                        .reach(stored.modseq())
                        .compose(ignored -> tell(session, mailbox, sequences, stored))
                        .map(ignored -> reply(mailbox, stored)));
    }

    private Future<Void> tell(ImapSession session, SelectedMailbox mailbox, int[] sequences, Stored stored) {
        mailbox.told(sequences);
        boolean modseq = session.has(Feature.CONDSTORE);
        if (silent && !modseq) {
            return Future.succeededFuture();
        }
        Wire wire = new Wire(sequences.length * 48);
        for (int sequence : sequences) {
            if (silent) {
                wire.text("* ")
                        .number(sequence)
                        .text(" FETCH (UID ")
                        .number(mailbox.known().uid(sequence));
                wire.text(" MODSEQ (").number(mailbox.known().modseq(sequence)).text("))\r\n");
            } else {
                mailbox.flags(wire, sequence, byUid || modseq, modseq);
            }
        }
        return session.write(wire);
    }

    private Reply reply(SelectedMailbox mailbox, Stored stored) {
        if (stored.modified().length == 0) {
            return Reply.ok("STORE completed");
        }
        List<Integer> numbers = new ArrayList<>();
        Arrays.stream(stored.modified())
                .map(uid -> byUid ? uid : mailbox.known().sequenceOf(uid))
                .filter(number -> number > 0)
                .sorted()
                .forEach(numbers::add);
        return Reply.ok("MODIFIED " + SequenceSet.compact(numbers), "some were changed meanwhile");
    }
}
