package org.facteur.imap.session;

import java.util.Arrays;
import org.facteur.imap.syntax.SequenceSet;
import org.facteur.imap.syntax.Wire;
import org.facteur.imap.view.MailboxView;
import org.facteur.imap.view.Snapshot;

/**
 * The mailbox that a session has selected. {@link #known} is what the client has been told: all its sequence numbers refer to
 * that, while the view behind it moves on.
 */
public final class SelectedMailbox {
    private final String name;
    private final MailboxView view;
    private final boolean readOnly;
    private Snapshot known;
    private int[] saved = {};

    /** Selected now: what the view has is what the client is told. */
    public SelectedMailbox(String name, MailboxView view, boolean readOnly) {
        this.name = name;
        this.view = view;
        this.readOnly = readOnly;
        this.known = view.current();
    }

    /** Its name when it was selected. */
    public String name() {
        return name;
    }

    /** Its number in the store. */
    public long id() {
        return view.mailbox();
    }

    /** Its view. */
    public MailboxView view() {
        return view;
    }

    /** Whether it was selected by EXAMINE. */
    public boolean readOnly() {
        return readOnly;
    }

    /** What the client knows. */
    public Snapshot known() {
        return known;
    }

    /** The sequence numbers that a set means, ascending; {@code $} is the saved result of a search. */
    public int[] sequences(SequenceSet set, boolean byUid) {
        if (!set.saved()) {
            return known.sequences(set, byUid);
        }
        return Arrays.stream(saved)
                .map(known::sequenceOf)
                .filter(sequence -> sequence > 0)
                .toArray();
    }

    /** Keeps the result of a search as {@code $} (RFC 9051 section 6.4.4.1). */
    public void save(int[] uids) {
        saved = uids;
    }

    /** The saved result of a search. */
    public int[] saved() {
        return saved;
    }

    /**
     * Brings what the client knows up to the view.
     *
     * @param mayExpunge whether EXPUNGE may be sent now
     * @param modseq whether FETCH responses tell the modification sequence
     * @return the untagged responses that tell it; empty when there is nothing new
     */
    public Wire advance(boolean mayExpunge, boolean modseq) {
        Snapshot.Advance advance = known.advance(view.current(), mayExpunge);
        known = advance.next();
        Wire wire = new Wire();
        for (int sequence : advance.expunged()) {
            wire.text("* ").number(sequence).text(" EXPUNGE\r\n");
        }
        if (advance.grown()) {
            wire.text("* ").number(known.size()).text(" EXISTS\r\n");
        }
        for (int sequence : advance.changed()) {
            flags(wire, sequence, true, modseq);
        }
        return wire;
    }

    /** The client is told, elsewhere, what the flags of these messages are now. */
    public void told(int[] sequences) {
        known = known.told(sequences, view.current());
    }

    /** A FETCH response with the flags of a message as the client knows them. */
    public void flags(Wire wire, int sequence, boolean uid, boolean modseq) {
        wire.text("* ").number(sequence).text(" FETCH (");
        if (uid) {
            wire.text("UID ").number(known.uid(sequence)).octet(' ');
        }
        wire.text("FLAGS ").text(known.flags(sequence).wire());
        if (modseq) {
            wire.text(" MODSEQ (").number(known.modseq(sequence)).octet(')');
        }
        wire.text(")\r\n");
    }
}
