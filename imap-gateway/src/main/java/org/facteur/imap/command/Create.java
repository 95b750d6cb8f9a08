package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Optional;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/**
 * CREATE (RFC 9051 section 6.3.4): {@code "CREATE" SP mailbox [SP "(USE (" use-attr "))"]} (RFC 6154 section 3). A delimiter
 * at the end only says that more will be made below; it is not part of the name.
 */
record Create(String name, Optional<String> specialUse) implements ImapCommand {
    static Create parse(Arguments in, MailboxNames names) {
        in.space();
        String name = names.read(in);
        Optional<String> use = Optional.empty();
        if (in.skip(" (USE (")) {
            use = Optional.of(in.flag());
            in.expect(')');
            in.expect(')');
        }
        return new Create(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, use);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        if (MailboxRules.isInvalid(name)) {
            return Future.succeededFuture(Reply.no("CANNOT", "no mailbox can have that name"));
        }
        return session.services()
                .mailboxes()
                .create(session.account(), name, specialUse)
                .map(id -> Reply.ok("MAILBOXID (" + id + ")", "CREATE completed"));
    }
}
