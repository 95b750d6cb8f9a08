package org.facteur.imap.search;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Content;
import org.facteur.imap.store.Email;
import org.facteur.imap.view.Snapshot;

/**
 * Finds the messages of the selected mailbox that match a key. The view decides what it can; for the rest the stored columns
 * are read, and the octets only of those messages that are still undecided, some at a time.
 */
public final class Search {
    private static final int ROWS = 500;
    private static final int CONTENTS = 32;
    private static final long OCTETS = 4 << 20;

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private final Snapshot known;
    private final SearchKey key;
    private final Matcher matcher;
    private final MessageTexts texts;
    private final BitSet found = new BitSet();

    /** A search by a session. */
    public Search(ImapSession session, SearchKey key) {
        this.session = session;
        this.mailbox = session.selected();
        this.known = mailbox.known();
        this.key = key;
        int[] saved = mailbox.saved();
        this.matcher = new Matcher(
                known.size(),
                known.lastUid(),
                uid -> Arrays.binarySearch(saved, uid) >= 0,
                session.services().clock().instant());
        this.texts = new MessageTexts(session.services().bodies());
    }

    /** The sequence numbers that match, ascending. */
    public Future<int[]> run() {
        List<Subject> open = new ArrayList<>();
        for (int sequence = 1; sequence <= known.size(); sequence++) {
            decide(
                    new Subject(
                            sequence,
                            known.uid(sequence),
                            known.flags(sequence),
                            known.modseq(sequence),
                            Optional.empty(),
                            Optional.empty()),
                    open);
        }
        return columns(open, 0).map(ignored -> found.stream().toArray());
    }

    private void decide(Subject subject, List<Subject> open) {
        Match match = matcher.match(key, subject);
        if (match == Match.YES) {
            found.set(subject.sequence());
        } else if (match == Match.UNKNOWN) {
            open.add(subject);
        }
    }

    private Future<Void> columns(List<Subject> open, int from) {
        if (from >= open.size() || session.connection().isClosed()) {
            return Future.succeededFuture();
        }
        int to = Math.min(open.size(), from + ROWS);
        Map<Integer, Subject> asked = new HashMap<>();
        open.subList(from, to).forEach(subject -> asked.put(subject.uid(), subject));
        int[] uids = open.subList(from, to).stream().mapToInt(Subject::uid).toArray();
        return session.services()
                .mailboxes()
                .emails(mailbox.id(), uids)
                .compose(emails -> {
                    List<Subject> undecided = new ArrayList<>();
                    emails.forEach(email -> decide(asked.get(email.uid()).with(email), undecided));
                    return contents(undecided, 0);
                })
                .compose(ignored -> columns(open, to));
    }

    private Future<Void> contents(List<Subject> open, int from) {
        if (from >= open.size() || session.connection().isClosed()) {
            return Future.succeededFuture();
        }
        List<Email> batch = new ArrayList<>();
        long octets = 0;
        for (int i = from; i < open.size() && batch.size() < CONTENTS; i++) {
            Email email = open.get(i).email().orElseThrow();
            octets += email.size();
            if (!batch.isEmpty() && octets > OCTETS) {
                break;
            }
            batch.add(email);
        }
        return session.services()
                .mailboxes()
                .contents(batch)
                .compose(contents -> texts(open, from, batch, contents, 0))
                .compose(ignored -> contents(open, from + batch.size()));
    }

    private Future<Void> texts(List<Subject> open, int from, List<Email> emails, List<Content> contents, int at) {
        if (at >= emails.size()) {
            return Future.succeededFuture();
        }
        return texts.read(emails.get(at), contents.get(at)).compose(text -> {
            decide(open.get(from + at).with(text), new ArrayList<>());
            return texts(open, from, emails, contents, at + 1);
        });
    }
}
