package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.TreeSet;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.SelectedMailbox;
import org.facteur.imap.session.State;
import org.facteur.imap.store.Mailbox;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.Wire;
import org.facteur.imap.view.Snapshot;

/**
 * SELECT and EXAMINE (RFC 9051 sections 6.3.2 and 6.3.3): {@code "SELECT" SP mailbox [SP "(" select-param ")"]}; the one
 * parameter known is CONDSTORE (RFC 7162 section 3.1.8).
 */
record Select(String name, boolean readOnly, boolean condstore) implements ImapCommand {
    private static final String SYSTEM_FLAGS = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

    static Select parse(Arguments in, MailboxNames names) {
        return parse(in, names, false);
    }

    static Select parseExamine(Arguments in, MailboxNames names) {
        return parse(in, names, true);
    }

    private static Select parse(Arguments in, MailboxNames names, boolean readOnly) {
        in.space();
        String name = names.read(in);
        boolean condstore = in.skip(' ') && in.list(in::word).contains("CONDSTORE");
        return new Select(name, readOnly, condstore);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        boolean closes = session.state() instanceof State.Selected;
        session.unselect();
        if (condstore) {
            session.enable(Feature.CONDSTORE);
        }
        Future<Void> closed = closes
                ? session.untagged("OK [CLOSED] the mailbox before is no longer selected")
                : Future.succeededFuture();
        return closed.compose(ignored -> session.services().mailboxes().find(session.account(), name))
                .compose(found ->
                        found.isEmpty() ? Future.failedFuture(MailboxRules.missing()) : select(session, found.get()));
    }

    private Future<Reply> select(ImapSession session, Mailbox mailbox) {
        return session.services()
                .views()
                .acquire(mailbox.id())
                .compose(view -> {
                    if (session.connection().isClosed()) {
                        session.services().views().release(view);
                        return Future.failedFuture("closed");
                    }
                    SelectedMailbox selected = new SelectedMailbox(mailbox.name(), view, readOnly);
                    session.select(selected);
                    return session.write(describe(session, mailbox, selected.known()));
                })
                .map(Reply.ok(readOnly ? "READ-ONLY" : "READ-WRITE", (readOnly ? "EXAMINE" : "SELECT") + " completed"));
    }

    private Wire describe(ImapSession session, Mailbox mailbox, Snapshot messages) {
        String flags = SYSTEM_FLAGS + keywords(messages);
        Wire wire = new Wire(512)
                .text("* FLAGS (")
                .text(flags)
                .text(")\r\n* OK [PERMANENTFLAGS (")
                .text(readOnly ? "" : flags + " \\*")
                .text(")] flags that are kept\r\n* ")
                .number(messages.size())
                .text(" EXISTS\r\n");
        if (!session.has(Feature.IMAP4REV2)) {
            wire.text("* 0 RECENT\r\n");
            int unseen = messages.firstWithout("\\Seen");
            if (unseen > 0) {
                wire.text("* OK [UNSEEN ").number(unseen).text("] first unseen\r\n");
            }
        }
        wire.text("* OK [UIDVALIDITY ").number(mailbox.uidValidity()).text("] UIDs are valid\r\n");
        wire.text("* OK [UIDNEXT ").number(messages.uidNext()).text("] next UID\r\n");
        wire.text("* OK [HIGHESTMODSEQ ").number(Math.max(1, messages.modseq())).text("] highest\r\n");
        wire.text("* OK [MAILBOXID (").number(mailbox.id()).text(")] its id\r\n");
        wire.text("* LIST () \"/\" ");
        return session.names().write(wire, mailbox.name()).crlf();
    }

    /** The keywords in use, so that a client can offer them. */
    private static String keywords(Snapshot messages) {
        TreeSet<String> keywords = new TreeSet<>();
        messages.distinctFlags().forEach(flags -> flags.names().stream()
                .filter(flag -> flag.charAt(0) != '\\')
                .forEach(keywords::add));
        return keywords.isEmpty() ? "" : " " + String.join(" ", keywords);
    }
}
