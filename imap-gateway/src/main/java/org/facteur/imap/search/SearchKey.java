package org.facteur.imap.search;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.facteur.imap.syntax.SequenceSet;

/** A condition of SEARCH (RFC 9051 section 6.4.4). */
public sealed interface SearchKey {
    /** All of them hold; none at all is every message. */
    record And(List<SearchKey> keys) implements SearchKey {}

    /** One of both holds. */
    record Or(SearchKey left, SearchKey right) implements SearchKey {}

    /** It does not hold. */
    record Not(SearchKey key) implements SearchKey {}

    /** The sequence number is in the set. */
    record Sequence(SequenceSet set) implements SearchKey {}

    /** The UID is in the set. */
    record Uid(SequenceSet set) implements SearchKey {}

    /** The message bears a flag or keyword. */
    record Flag(String flag) implements SearchKey {}

    /** The message has more octets. */
    record Larger(long octets) implements SearchKey {}

    /** The message has fewer octets. */
    record Smaller(long octets) implements SearchKey {}

    /** A date of the message, without its time, stands so to a day. */
    record Dated(DateKind kind, DateOrder order, LocalDate day) implements SearchKey {}

    /** The message arrived within so long (RFC 5032 section 3). */
    record Younger(Duration age) implements SearchKey {}

    /** The modification sequence is at least that (RFC 7162 section 3.1.5). */
    record ModSeq(long least) implements SearchKey {}

    /** A header field of that name holds the text, in any case; empty: there is such a field. */
    record Header(String name, String text) implements SearchKey {}

    /** The decoded body holds the text. */
    record Body(String text) implements SearchKey {}

    /** The decoded header or body holds the text. */
    record Text(String text) implements SearchKey {}

    /** The id of the content (RFC 8474). */
    record EmailId(String id) implements SearchKey {}

    /** The id of the thread (RFC 8474). */
    record ThreadId(String id) implements SearchKey {}

    /** Which date. */
    enum DateKind {
        /** When the message arrived at the account. */
        INTERNAL,
        /** The Date field. */
        SENT,
        /** When the message came into this mailbox (RFC 8514). */
        SAVED
    }

    /** How the date stands to the day asked for. */
    enum DateOrder {
        /** Earlier. */
        BEFORE,
        /** The same day. */
        ON,
        /** The same day or later. */
        SINCE
    }

    /** Every message. */
    SearchKey ALL = new And(List.of());
}
