package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Arrays;
import org.facteur.imap.search.Search;
import org.facteur.imap.search.SearchParser;
import org.facteur.imap.search.SearchRequest;
import org.facteur.imap.search.SearchRequest.Return;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Refusal;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SequenceSet;
import org.facteur.imap.syntax.Wire;

/** SEARCH (RFC 9051 section 6.4.4) and UID SEARCH; answered by SEARCH, or by ESEARCH where the client asks with RETURN. */
record SearchCommand(SearchRequest request, boolean byUid) implements ImapCommand {
    static SearchCommand parse(Arguments in, MailboxNames names) {
        return parse(in, false);
    }

    static SearchCommand parseUid(Arguments in, MailboxNames names) {
        return parse(in, true);
    }

    private static SearchCommand parse(Arguments in, boolean byUid) {
        try {
            return new SearchCommand(SearchParser.parse(in), byUid);
        } catch (SearchParser.BadCharset e) {
            throw new Refusal(Reply.no("BADCHARSET (US-ASCII UTF-8)", "the charset is not known"));
        }
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        SelectedMailbox mailbox = session.selected();
        if (request.modseq()) {
            session.enable(Feature.CONDSTORE);
        }
        return new Search(session, request.key())
                .run()
                .compose(sequences -> {
                    int[] uids = mailbox.known().uids(sequences);
                    if (request.asks(Return.SAVE)) {
                        mailbox.save(uids);
                    }
                    return answer(session, mailbox, sequences, byUid ? uids : sequences);
                })
                .map(Reply.ok("SEARCH completed"))
                .onFailure(e -> mailbox.save(request.asks(Return.SAVE) ? new int[0] : mailbox.saved()));
    }

    private Future<Void> answer(ImapSession session, SelectedMailbox mailbox, int[] sequences, int[] numbers) {
        long highest = request.modseq()
                ? Arrays.stream(sequences)
                        .mapToLong(sequence -> mailbox.known().modseq(sequence))
                        .max()
                        .orElse(0)
                : 0;
        boolean extended = request.extended() || session.has(Feature.IMAP4REV2);
        return session.write(extended ? extended(session, numbers, highest) : plain(numbers, highest));
    }

    private static Wire plain(int[] numbers, long highest) {
        Wire wire = new Wire(16 + numbers.length * 6).text("* SEARCH");
        for (int number : numbers) {
            wire.octet(' ').number(number);
        }
        if (highest > 0) {
            wire.text(" (MODSEQ ").number(highest).text(")");
        }
        return wire.crlf();
    }

    /** {@code * ESEARCH (TAG "a") [UID] …}. */
    private Wire extended(ImapSession session, int[] numbers, long highest) {
        Wire wire = new Wire(256)
                .text("* ESEARCH (TAG ")
                .string(session.tag())
                .text(")")
                .text(byUid ? " UID" : "");
        if (request.asks(Return.MIN) && numbers.length > 0) {
            wire.text(" MIN ").number(numbers[0]);
        }
        if (request.asks(Return.MAX) && numbers.length > 0) {
            wire.text(" MAX ").number(numbers[numbers.length - 1]);
        }
        if (request.asks(Return.ALL) && numbers.length > 0) {
            SequenceSet.Compactor compactor = new SequenceSet.Compactor();
            Arrays.stream(numbers).asLongStream().forEach(compactor);
            wire.text(" ALL ").text(compactor.text());
        }
        if (request.asks(Return.COUNT)) {
            wire.text(" COUNT ").number(numbers.length);
        }
        if (highest > 0) {
            wire.text(" MODSEQ ").number(highest);
        }
        return wire.crlf();
    }
}
