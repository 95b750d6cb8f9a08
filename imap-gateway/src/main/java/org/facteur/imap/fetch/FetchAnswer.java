package org.facteur.imap.fetch;

import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facteur.imap.fetch.FetchItem.Simple;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.store.Content;
import org.facteur.imap.store.Email;
import org.facteur.imap.syntax.ImapDate;
import org.facteur.imap.syntax.Wire;

/**
 * Sends the FETCH responses of one command, some messages at a time: reads a bounded number of rows, writes them, waits until
 * the client has taken them, reads on. What the view knows is answered without the database.
 */
public final class FetchAnswer {
    private static final int ROWS_OF_VIEW = 2_000;
    private static final int ROWS_OF_DATABASE = 500;
    private static final int ROWS_OF_CONTENT = 64;
    private static final long OCTETS_OF_CONTENT = 1 << 20;
    private static final int FLUSH = 1 << 16;

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private final List<FetchItem> items;
    private final int[] sequences;
    private final boolean viewOnly;
    private final boolean needsContent;
    private final ContentReader reader;
    private final SectionWriter sections;

    /** The answer for some messages, given by sequence numbers. */
    public FetchAnswer(ImapSession session, List<FetchItem> items, int[] sequences) {
        this.session = session;
        this.mailbox = session.selected();
        this.items = items;
        this.sequences = sequences;
        this.viewOnly = items.stream().allMatch(item -> item instanceof Simple simple && simple.isInView());
        this.needsContent = items.stream().anyMatch(item -> !(item instanceof Simple));
        this.reader = new ContentReader(session.services().bodies());
        this.sections = new SectionWriter(reader, session.connection());
    }

    /** Sends it; complete when the client has taken all. */
    public Future<Void> send() {
        return send(0);
    }

    private Future<Void> send(int from) {
        if (from >= sequences.length || session.connection().isClosed()) {
            return Future.succeededFuture();
        }
        if (viewOnly) {
            int to = Math.min(sequences.length, from + ROWS_OF_VIEW);
            return session.write(fromView(from, to)).compose(ignored -> send(to));
        }
        int to = Math.min(sequences.length, from + ROWS_OF_DATABASE);
        int[] chosen = Arrays.copyOfRange(sequences, from, to);
        return session.services()
                .mailboxes()
                .emails(mailbox.id(), mailbox.known().uids(chosen))
                .compose(emails -> needsContent ? withContent(emails, 0) : session.write(withoutContent(emails)))
                .compose(ignored -> send(to));
    }

    private Wire fromView(int from, int to) {
        Wire wire = new Wire((to - from) * 48);
        for (int i = from; i < to; i++) {
            begin(wire, sequences[i]);
            for (int item = 0; item < items.size(); item++) {
                separate(wire, item);
                view(wire, (Simple) items.get(item), sequences[i]);
            }
            wire.text(")\r\n");
        }
        return wire;
    }

    private Wire withoutContent(List<Email> emails) {
        Wire wire = new Wire(emails.size() * 512);
        for (Email email : emails) {
            int sequence = mailbox.known().sequenceOf(email.uid());
            begin(wire, sequence);
            for (int item = 0; item < items.size(); item++) {
                separate(wire, item);
                simple(wire, (Simple) items.get(item), sequence, email);
            }
            wire.text(")\r\n");
        }
        return wire;
    }

    /** Some messages whose octets fit into memory together, or one that need not: then the ones after them. */
    private Future<Void> withContent(List<Email> emails, int from) {
        if (from >= emails.size() || session.connection().isClosed()) {
            return Future.succeededFuture();
        }
        List<Email> batch = new ArrayList<>();
        long octets = 0;
        for (int i = from; i < emails.size() && batch.size() < ROWS_OF_CONTENT; i++) {
            octets += emails.get(i).size();
            if (!batch.isEmpty() && octets > OCTETS_OF_CONTENT) {
                break;
            }
            batch.add(emails.get(i));
        }
        return session.services()
                .mailboxes()
                .contents(batch)
                .compose(contents -> messages(batch, contents, 0, new Wire(FLUSH)))
                .compose(ignored -> withContent(emails, from + batch.size()));
    }

    private Future<Void> messages(List<Email> emails, List<Content> contents, int at, Wire wire) {
        if (at >= emails.size()) {
            return session.write(wire);
        }
        Email email = emails.get(at);
        int sequence = mailbox.known().sequenceOf(email.uid());
        begin(wire, sequence);
        return items(email, contents.get(at), sequence, 0, wire).compose(after -> {
            after.text(")\r\n");
            if (after.length() < FLUSH) {
                return messages(emails, contents, at + 1, after);
            }
            return session.write(after).compose(ignored -> messages(emails, contents, at + 1, new Wire(FLUSH)));
        });
    }

    private Future<Wire> items(Email email, Content content, int sequence, int item, Wire wire) {
        int at = item;
        for (; at < items.size() && items.get(at) instanceof Simple simple; at++) {
            separate(wire, at);
            simple(wire, simple, sequence, email);
        }
        if (at == items.size()) {
            return Future.succeededFuture(wire);
        }
        separate(wire, at);
        int next = at + 1;
        return sections.write(items.get(at), email, content, wire)
                .compose(after -> items(email, content, sequence, next, after));
    }

    private static void begin(Wire wire, int sequence) {
        wire.text("* ").number(sequence).text(" FETCH (");
    }

    private static void separate(Wire wire, int item) {
        if (item > 0) {
            wire.octet(' ');
        }
    }

    private void view(Wire wire, Simple item, int sequence) {
        switch (item) {
            case UID -> wire.text("UID ").number(mailbox.known().uid(sequence));
            case FLAGS ->
                wire.text("FLAGS ").text(mailbox.known().flags(sequence).wire());
            default ->
                wire.text("MODSEQ (").number(mailbox.known().modseq(sequence)).octet(')');
        }
    }

    private void simple(Wire wire, Simple item, int sequence, Email email) {
        switch (item) {
            case INTERNALDATE ->
                wire.text("INTERNALDATE ")
                        .quoted(ImapDate.dateTime(email.internalDate().atOffset(ZoneOffset.UTC)));
            case SAVEDATE ->
                wire.text("SAVEDATE ").quoted(ImapDate.dateTime(email.saved().atOffset(ZoneOffset.UTC)));
            case RFC822_SIZE -> wire.text("RFC822.SIZE ").number(email.size());
            case ENVELOPE -> wire.text("ENVELOPE ").octets(email.envelope());
            case BODYSTRUCTURE -> wire.text("BODYSTRUCTURE ").octets(email.bodyStructure());
            case BODY -> wire.text("BODY ").octets(email.body());
            case EMAILID -> wire.text("EMAILID (").text(email.emailId()).octet(')');
            case THREADID ->
                wire.text("THREADID ")
                        .text(email.threadId().map(id -> "(" + id + ")").orElse("NIL"));
            default -> view(wire, item, sequence);
        }
    }
}
