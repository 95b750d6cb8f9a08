package org.facteur.imap.search;

/** Whether a message matches, as far as is known of it: three-valued, so that cheap knowledge decides first. */
enum Match {
    YES,
    NO,
    UNKNOWN;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    Match not() {
        return this == YES ? NO : this == NO ? YES : UNKNOWN;
    }

    Match and(Match other) {
        return this == NO || other == NO ? NO : this == YES && other == YES ? YES : UNKNOWN;
    }

    Match or(Match other) {
        return this == YES || other == YES ? YES : this == NO && other == NO ? NO : UNKNOWN;
    }
}
