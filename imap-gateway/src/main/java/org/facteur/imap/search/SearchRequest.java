package org.facteur.imap.search;

import java.util.EnumSet;
import java.util.Set;

/**
 * A whole SEARCH.
 *
 * @param extended whether the answer is ESEARCH, because the client said RETURN
 * @param returns what to tell of the result
 * @param modseq whether a key asked for modification sequences, so the answer tells the highest (RFC 7162 section 3.1.5)
 */
public record SearchRequest(SearchKey key, boolean extended, Set<Return> returns, boolean modseq) {
    /** What ESEARCH tells (RFC 9051 section 6.4.4). */
    public enum Return {
        /** The lowest number. */
        MIN,
        /** The highest number. */
        MAX,
        /** All numbers, as a set. */
        ALL,
        /** How many. */
        COUNT,
        /** Nothing, or beside the others: keep the result for {@code $}. */
        SAVE
    }

    /** Whether MIN and MAX alone answer the question, so the search may stop early. */
    public boolean asks(Return wanted) {
        return returns.contains(wanted);
    }

    /** What a bare {@code RETURN ()} asks for. */
    static Set<Return> orAll(Set<Return> returns) {
        return returns.isEmpty() ? EnumSet.of(Return.ALL) : returns;
    }
}
