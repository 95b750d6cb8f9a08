package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.store.Mailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.ListPattern;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.imap.syntax.Wire;

/**
 * LIST (RFC 9051 section 6.3.9):
 * {@code "LIST" [SP "(" select-opts ")"] SP mailbox SP patterns [SP "RETURN" SP "(" return-opts ")"]}.
 */
record ListCommand(
        Set<Select> select, String reference, List<String> patterns, Set<Return> returns, List<StatusItem> status)
        implements ImapCommand {
    /** Which mailboxes. */
    enum Select {
        SUBSCRIBED,
        REMOTE,
        RECURSIVEMATCH,
        SPECIAL_USE
    }

    /** What to tell of them. */
    enum Return {
        SUBSCRIBED,
        CHILDREN,
        SPECIAL_USE,
        STATUS
    }

    static ListCommand parse(Arguments in, MailboxNames names) {
        in.space();
        Set<Select> select = EnumSet.noneOf(Select.class);
        if (in.peek('(')) {
            in.list(() -> select.add(option(Select.class, in.word())));
            in.space();
        }
        if (select.equals(EnumSet.of(Select.RECURSIVEMATCH))) {
            throw new SyntaxError("RECURSIVEMATCH alone selects nothing");
        }
        String reference = names.read(in);
        in.space();
        List<String> patterns = in.peek('(') ? in.list(() -> names.readPattern(in)) : List.of(names.readPattern(in));
        Set<Return> returns = EnumSet.noneOf(Return.class);
        List<StatusItem> status = new ArrayList<>();
        if (in.skip(" RETURN ")) {
            in.list(() -> {
                Return option = option(Return.class, in.word());
                if (option == Return.STATUS) {
                    in.space();
                    status.addAll(StatusItem.parseAll(in));
                }
                return returns.add(option);
            });
        }
        return new ListCommand(select, reference, patterns, returns, status);
    }

    private static <E extends Enum<E>> E option(Class<E> type, String word) {
        try {
            return Enum.valueOf(type, word.replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new SyntaxError("no such option: " + word);
        }
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        if (patterns.equals(List.of("")) && select.isEmpty()) {
            // an empty pattern asks for the delimiter (RFC 9051 section 6.3.9)
            return session.untagged("LIST (\\Noselect) \"/\" \"\"").map(Reply.ok("LIST completed"));
        }
        String account = session.account();
        Future<List<Mailbox>> mailboxes = returns.contains(Return.STATUS)
                ? session.services().mailboxes().listWithStatus(account)
                : session.services().mailboxes().list(account);
        return mailboxes
                .compose(found -> session.services()
                        .mailboxes()
                        .subscriptions(account)
                        .compose(subscribed ->
                                session.write(response(session.names(), new MailboxTree(found, subscribed)))))
                .map(Reply.ok("LIST completed"));
    }

    private Wire response(MailboxNames names, MailboxTree tree) {
        List<ListPattern> wanted = patterns.stream()
                .map(pattern -> ListPattern.of(reference, pattern))
                .toList();
        boolean specialUse = returns.contains(Return.SPECIAL_USE) || select.contains(Select.SPECIAL_USE) || plain();
        Wire wire = new Wire(1024);
        for (MailboxTree.Entry entry : tree.select(
                wanted,
                select.contains(Select.SUBSCRIBED),
                select.contains(Select.SPECIAL_USE),
                select.contains(Select.RECURSIVEMATCH))) {
            boolean tellSubscribed = select.contains(Select.SUBSCRIBED) || returns.contains(Return.SUBSCRIBED);
            wire.text("* LIST (")
                    .text(String.join(" ", entry.attributes(tellSubscribed, specialUse)))
                    .text(") \"/\" ");
            names.write(wire, entry.name());
            if (entry.subscribedBelow()) {
                wire.text(" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
            }
            wire.crlf();
            if (!status.isEmpty() && entry.mailbox().isPresent()) {
                StatusItem.response(wire, names, entry.mailbox().get(), status);
            }
        }
        return wire;
    }

    /** A LIST without options: attributes that cost nothing are told. */
    private boolean plain() {
        return returns.isEmpty() && select.isEmpty();
    }
}
