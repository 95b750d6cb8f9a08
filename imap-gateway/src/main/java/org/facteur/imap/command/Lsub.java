package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.List;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.ListPattern;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.Wire;

/** LSUB (RFC 3501 section 6.3.9): {@code "LSUB" SP mailbox SP list-mailbox}. */
record Lsub(String reference, String pattern) implements ImapCommand {
    static Lsub parse(Arguments in, MailboxNames names) {
        in.space();
        String reference = names.read(in);
        in.space();
        return new Lsub(reference, names.readPattern(in));
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        String account = session.account();
        return session.services()
                .mailboxes()
                .list(account)
                .compose(mailboxes -> session.services()
                        .mailboxes()
                        .subscriptions(account)
                        .map(subscribed -> new MailboxTree(mailboxes, subscribed)))
                .compose(tree -> session.write(response(session.names(), tree)))
                .map(Reply.ok("LSUB completed"));
    }

    private Wire response(MailboxNames names, MailboxTree tree) {
        Wire wire = new Wire(512);
        boolean recursive = pattern.endsWith("%");
        for (MailboxTree.Entry entry :
                tree.select(List.of(ListPattern.of(reference, pattern)), true, false, recursive)) {
            wire.text("* LSUB (").text(entry.subscribed() ? "" : "\\Noselect").text(") \"/\" ");
            names.write(wire, entry.name()).crlf();
        }
        return wire;
    }
}
