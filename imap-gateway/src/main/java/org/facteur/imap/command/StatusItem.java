package org.facteur.imap.command;

import java.util.List;
import java.util.function.ToLongFunction;
import org.facteur.imap.store.Mailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.syntax.Wire;

/** What STATUS asks for (RFC 9051 section 6.3.11, RFC 7162, RFC 8474). */
enum StatusItem {
    MESSAGES(Mailbox::messages),
    UIDNEXT(Mailbox::uidNext),
    UIDVALIDITY(Mailbox::uidValidity),
    UNSEEN(Mailbox::unseen),
    DELETED(Mailbox::deleted),
    SIZE(Mailbox::size),
    RECENT(mailbox -> 0),
    HIGHESTMODSEQ(mailbox -> Math.max(1, mailbox.modseq())),
    MAILBOXID(Mailbox::id);

    private final ToLongFunction<Mailbox> value;

    StatusItem(ToLongFunction<Mailbox> value) {
        this.value = value;
    }

    static List<StatusItem> parseAll(Arguments in) {
        List<StatusItem> items = in.list(() -> parse(in.word()));
        if (items.isEmpty()) {
            throw new SyntaxError("no status items");
        }
        return items.stream().distinct().toList();
    }

    private static StatusItem parse(String word) {
        try {
            return valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new SyntaxError("no such status item: " + word);
        }
    }

    /** {@code * STATUS mailbox (item number …)}. */
    static Wire response(Wire wire, MailboxNames names, Mailbox mailbox, List<StatusItem> items) {
        names.write(wire.text("* STATUS "), mailbox.name()).text(" (");
        for (int i = 0; i < items.size(); i++) {
            StatusItem item = items.get(i);
            wire.text(i == 0 ? "" : " ").text(item.name()).text(" ");
            if (item == MAILBOXID) {
                wire.text("(").number(mailbox.id()).text(")");
            } else {
                wire.number(item.value.applyAsLong(mailbox));
            }
        }
        return wire.text(")\r\n");
    }
}
