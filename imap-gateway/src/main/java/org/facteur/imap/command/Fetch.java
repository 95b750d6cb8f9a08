package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.fetch.FetchAnswer;
import org.facteur.imap.fetch.FetchItem;
import org.facteur.imap.fetch.FetchItem.Simple;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Mailboxes;
import org.facteur.imap.store.Mailboxes.StoreMode;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FETCH (RFC 9051 section 6.4.5) and UID FETCH:
 * {@code "FETCH" SP sequence-set SP items [SP "(CHANGEDSINCE " n ")"]} (RFC 7162 section 3.1.4).
 */
record Fetch(SequenceSet set, boolean byUid, List<FetchItem> items, Optional<Long> changedSince)
        implements ImapCommand {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);

    static Fetch parse(Arguments in, MailboxNames names) {
        return parse(in, false);
    }

    static Fetch parseUid(Arguments in, MailboxNames names) {
        return parse(in, true);
    }

    private static Fetch parse(Arguments in, boolean byUid) {
        in.space();
        SequenceSet set = in.sequenceSet();
        in.space();
        List<FetchItem> items = new ArrayList<>(FetchItem.parseAll(in));
        Optional<Long> changedSince = Optional.empty();
        if (in.skip(" (CHANGEDSINCE ")) {
            changedSince = Optional.of(in.number64());
            in.expect(')');
            addOnce(items, Simple.MODSEQ);
        }
        if (byUid && !items.contains(Simple.UID)) {
            items.add(0, Simple.UID);
        }
        return new Fetch(set, byUid, items, changedSince);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        if (items.contains(Simple.MODSEQ)) {
            session.enable(Feature.CONDSTORE);
        }
        int[] sequences = mailbox.sequences(set, byUid);
        if (changedSince.isPresent()) {
            sequences = Arrays.stream(sequences)
                    .filter(sequence -> mailbox.known().modseq(sequence) > changedSince.get())
                    .toArray();
        }
        int[] chosen = sequences;
        boolean marks = items.stream().anyMatch(FetchItem::marksSeen) && !mailbox.readOnly();
        return (marks ? markSeen(session, mailbox, chosen) : Future.succeededFuture(items))
                .compose(all -> new FetchAnswer(session, all, chosen).send())
                .map(Reply.ok("FETCH completed"));
    }

    /**
     * Sets \Seen where it is missing; the responses then tell the flags too. Where commands are not possible now, the
     * messages can be read all the same, and stay unseen.
     */
    private Future<List<FetchItem>> markSeen(ImapSession session, SelectedMailbox mailbox, int[] sequences) {
        int[] unseen = Arrays.stream(sequences)
                .filter(sequence -> !mailbox.known().flags(sequence).has("\\Seen"))
                .toArray();
        if (unseen.length == 0) {
            return Future.succeededFuture(items);
        }
        return session.services()
                .mailboxes()
                .store(
                        session.account(),
                        mailbox.id(),
                        mailbox.known().uids(unseen),
                        StoreMode.ADD,
                        List.of("\\Seen"),
                        Optional.empty())
                .compose(stored -> mailbox.view().reach(stored.modseq()))
                .map(ignored -> {
                    mailbox.told(unseen);
                    List<FetchItem> more = new ArrayList<>(items);
                    addOnce(more, Simple.FLAGS);
                    return more;
                })
                .recover(e -> {
                    if (!(e instanceof Mailboxes.Unavailable)) {
                        return Future.failedFuture(e);
                    }
                    LOG.warn(
                            "connection {}: messages stay unseen: {}",
                            session.connection().id(),
                            e.toString());
                    return Future.succeededFuture(items);
                });
    }

    private static void addOnce(List<FetchItem> items, FetchItem item) {
        if (!items.contains(item)) {
            items.add(item);
        }
    }
}
