package org.facteur.imap.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntPredicate;
import org.facteur.imap.search.SearchKey.And;
import org.facteur.imap.search.SearchKey.Body;
import org.facteur.imap.search.SearchKey.Dated;
import org.facteur.imap.search.SearchKey.EmailId;
import org.facteur.imap.search.SearchKey.Flag;
import org.facteur.imap.search.SearchKey.Header;
import org.facteur.imap.search.SearchKey.Larger;
import org.facteur.imap.search.SearchKey.ModSeq;
import org.facteur.imap.search.SearchKey.Not;
import org.facteur.imap.search.SearchKey.Or;
import org.facteur.imap.search.SearchKey.Sequence;
import org.facteur.imap.search.SearchKey.Smaller;
import org.facteur.imap.search.SearchKey.Text;
import org.facteur.imap.search.SearchKey.ThreadId;
import org.facteur.imap.search.SearchKey.Uid;
import org.facteur.imap.search.SearchKey.Younger;
import org.facteur.imap.store.Email;
import org.facteur.imap.syntax.SequenceSet;

/** Decides whether a message matches a search key, as far as what is known of the message allows it. Pure. */
final class Matcher {
    private final long lastSequence;
    private final long lastUid;
    private final IntPredicate saved;
    private final Instant now;

    /**
     * For one search.
     *
     * @param lastSequence what {@code *} is among sequence numbers
     * @param lastUid what {@code *} is among UIDs
     * @param saved whether a UID is in the saved result {@code $}
     */
    Matcher(long lastSequence, long lastUid, IntPredicate saved, Instant now) {
        this.lastSequence = lastSequence;
        this.lastUid = lastUid;
        this.saved = saved;
        this.now = now;
    }

    /** Whether a message matches. */
    Match match(SearchKey key, Subject subject) {
        if (key instanceof And and) {
            return and(and, subject);
        }
        if (key instanceof Or or) {
            return match(or.left(), subject).or(match(or.right(), subject));
        }
        if (key instanceof Not not) {
            return match(not.key(), subject).not();
        }
        if (key instanceof Sequence sequence) {
            return in(sequence.set(), subject.sequence(), lastSequence, subject);
        }
        if (key instanceof Uid uid) {
            return in(uid.set(), subject.uid(), lastUid, subject);
        }
        if (key instanceof Flag flag) {
            return Match.of(subject.flags().has(flag.flag()));
        }
        if (key instanceof ModSeq modseq) {
            return Match.of(subject.modseq() >= modseq.least());
        }
        if (key instanceof Header || key instanceof Body || key instanceof Text) {
            return subject.text().map(text -> Match.of(inText(key, text))).orElse(Match.UNKNOWN);
        }
        return subject.email().map(email -> Match.of(inColumns(key, email))).orElse(Match.UNKNOWN);
    }

    private Match and(And and, Subject subject) {
        Match all = Match.YES;
        for (SearchKey key : and.keys()) {
            all = all.and(match(key, subject));
            if (all == Match.NO) {
                return all;
            }
        }
        return all;
    }

    private Match in(SequenceSet set, int number, long last, Subject subject) {
        return Match.of(set.saved() ? saved.test(subject.uid()) : set.contains(number, last));
    }

    private static boolean inText(SearchKey key, MessageText text) {
        if (key instanceof Header header) {
            return text.hasField(header.name(), MessageText.fold(header.text()));
        }
        return key instanceof Body body
                ? text.bodyHas(MessageText.fold(body.text()))
                : text.has(MessageText.fold(((Text) key).text()));
    }

    private boolean inColumns(SearchKey key, Email email) {
        if (key instanceof Larger larger) {
            return email.size() > larger.octets();
        }
        if (key instanceof Smaller smaller) {
            return email.size() < smaller.octets();
        }
        if (key instanceof Younger younger) {
            return !email.internalDate().isBefore(now.minus(younger.age()));
        }
        if (key instanceof EmailId id) {
            return email.emailId().equals(id.id());
        }
        if (key instanceof ThreadId id) {
            return email.threadId().filter(id.id()::equals).isPresent();
        }
        Dated dated = (Dated) key;
        return switch (dated.kind()) {
            case INTERNAL -> compare(dated, day(email.internalDate()));
            case SAVED -> compare(dated, day(email.saved()));
            case SENT -> email.sent().filter(day -> compare(dated, day)).isPresent();
        };
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static boolean compare(Dated dated, LocalDate day) {
        return switch (dated.order()) {
            case BEFORE -> day.isBefore(dated.day());
            case ON -> day.equals(dated.day());
            case SINCE -> !day.isBefore(dated.day());
        };
    }
}
