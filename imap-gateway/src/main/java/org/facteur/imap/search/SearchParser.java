package org.facteur.imap.search;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.imap.search.SearchKey.DateKind;
import org.facteur.imap.search.SearchKey.DateOrder;
import org.facteur.imap.search.SearchRequest.Return;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.ImapDate;
import org.facteur.imap.syntax.SyntaxError;

/**
 * Reads the arguments of SEARCH: {@code [SP "RETURN" SP "(" … ")"] [SP "CHARSET" SP charset] 1*(SP search-key)} (RFC 9051
 * section 9).
 */
public final class SearchParser {
    private static final int MAX_KEYS = 1000;
    private static final int MAX_DEPTH = 50;

    private final Arguments in;
    private int keys;
    private int depth;
    private boolean modseq;
    private boolean utf8 = true;

    private SearchParser(Arguments in) {
        this.in = in;
    }

    /** A charset that is not known: NO [BADCHARSET] (RFC 9051 section 6.4.4). */
    public static final class BadCharset extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadCharset() {
            super("BADCHARSET", null, false, false);
        }
    }

    /** Reads them; fails with {@link SyntaxError} or {@link BadCharset}. */
    public static SearchRequest parse(Arguments in) {
        return new SearchParser(in).request();
    }

    private SearchRequest request() {
        in.space();
        boolean extended = in.skip("RETURN (");
        Set<Return> returns = EnumSet.noneOf(Return.class);
        if (extended) {
            while (!in.skip(')')) {
                if (!returns.isEmpty()) {
                    in.space();
                }
                returns.add(returned(in.word()));
            }
            in.space();
        }
        if (in.skip("CHARSET ")) {
            String charset = in.astring();
            utf8 = charset.equalsIgnoreCase("UTF-8");
            if (!utf8 && !charset.equalsIgnoreCase("US-ASCII")) {
                throw new BadCharset();
            }
            in.space();
        }
        List<SearchKey> all = new ArrayList<>();
        all.add(key());
        while (!in.atEnd()) {
            in.space();
            all.add(key());
        }
        SearchKey key = all.size() == 1 ? all.get(0) : new SearchKey.And(all);
        return new SearchRequest(key, extended, SearchRequest.orAll(returns), modseq);
    }

    private static Return returned(String word) {
        try {
            return Return.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new SyntaxError("no such return option: " + word);
        }
    }

    private SearchKey key() {
        if (++keys > MAX_KEYS || ++depth > MAX_DEPTH) {
            throw new SyntaxError("too many search keys");
        }
        SearchKey key = single();
        depth--;
        return key;
    }

    private SearchKey single() {
        if (in.peek('(')) {
            in.open();
            List<SearchKey> all = new ArrayList<>();
            all.add(key());
            while (in.skip(' ')) {
                all.add(key());
            }
            in.close();
            return all.size() == 1 ? all.get(0) : new SearchKey.And(all);
        }
        if (in.peek('*') || in.peek('$') || startsWithDigit()) {
            return new SearchKey.Sequence(in.sequenceSet());
        }
        return named(in.word());
    }

    private boolean startsWithDigit() {
        for (char c = '0'; c <= '9'; c++) {
            if (in.peek(c)) {
                return true;
            }
        }
        return false;
    }

    private SearchKey named(String word) {
        return switch (word) {
            case "ALL" -> SearchKey.ALL;
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> flag(word);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
                new SearchKey.Not(flag(word.substring(2)));
            // nobody is told "recent" any more (RFC 9051 appendix A): no message bears it
            case "RECENT", "NEW" -> new SearchKey.Not(SearchKey.ALL);
            case "OLD" -> SearchKey.ALL;
            case "KEYWORD" -> new SearchKey.Flag(spaced(in).flag());
            case "UNKEYWORD" -> new SearchKey.Not(new SearchKey.Flag(spaced(in).flag()));
            case "FROM", "TO", "CC", "BCC", "SUBJECT" -> new SearchKey.Header(word, text());
            case "HEADER" -> new SearchKey.Header(spaced(in).astring(), text());
            case "BODY" -> new SearchKey.Body(text());
            case "TEXT" -> new SearchKey.Text(text());
            case "LARGER" -> new SearchKey.Larger(spaced(in).number64());
            case "SMALLER" -> new SearchKey.Smaller(spaced(in).number64());
            case "BEFORE" -> dated(DateKind.INTERNAL, DateOrder.BEFORE);
            case "ON" -> dated(DateKind.INTERNAL, DateOrder.ON);
            case "SINCE" -> dated(DateKind.INTERNAL, DateOrder.SINCE);
            case "SENTBEFORE" -> dated(DateKind.SENT, DateOrder.BEFORE);
            case "SENTON" -> dated(DateKind.SENT, DateOrder.ON);
            case "SENTSINCE" -> dated(DateKind.SENT, DateOrder.SINCE);
            case "SAVEDBEFORE" -> dated(DateKind.SAVED, DateOrder.BEFORE);
            case "SAVEDON" -> dated(DateKind.SAVED, DateOrder.ON);
            case "SAVEDSINCE" -> dated(DateKind.SAVED, DateOrder.SINCE);
            case "SAVEDATESUPPORTED" -> SearchKey.ALL;
            case "YOUNGER" -> younger();
            case "OLDER" -> new SearchKey.Not(younger());
            case "UID" -> new SearchKey.Uid(spaced(in).sequenceSet());
            case "NOT" -> {
                in.space();
                yield new SearchKey.Not(key());
            }
            case "OR" -> {
                in.space();
                SearchKey left = key();
                in.space();
                yield new SearchKey.Or(left, key());
            }
            case "MODSEQ" -> modseq();
            case "EMAILID" -> new SearchKey.EmailId(spaced(in).astring());
            case "THREADID" -> new SearchKey.ThreadId(spaced(in).astring());
            default -> throw new SyntaxError("no such search key: " + word);
        };
    }

    private static SearchKey flag(String word) {
        return new SearchKey.Flag("\\" + word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
    }

    private SearchKey dated(DateKind kind, DateOrder order) {
        return new SearchKey.Dated(kind, order, ImapDate.readDate(spaced(in)));
    }

    private SearchKey younger() {
        return new SearchKey.Younger(Duration.ofSeconds(spaced(in).nonZero()));
    }

    /** {@code "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer}; the entry is not told apart. */
    private SearchKey modseq() {
        in.space();
        if (in.peek('"')) {
            in.string();
            in.space();
            in.word();
            in.space();
        }
        modseq = true;
        return new SearchKey.ModSeq(in.number64());
    }

    private String text() {
        String text = spaced(in).astring();
        if (!utf8 && !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new SyntaxError("the text is not US-ASCII");
        }
        return text;
    }

    private static Arguments spaced(Arguments in) {
        in.space();
        return in;
    }
}
