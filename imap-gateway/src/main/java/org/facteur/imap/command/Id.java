package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ID (RFC 2971): {@code "ID" SP ("(" [string SP nstring …] ")" / nil)}. */
record Id(Map<String, String> client) implements ImapCommand {
    private static final Logger LOG = LoggerFactory.getLogger(Id.class);

    static Id parse(Arguments in, MailboxNames names) {
        in.space();
        Map<String, String> client = new LinkedHashMap<>();
        if (!in.skip("NIL")) {
            in.list(() -> {
                String field = in.string();
                in.space();
                return client.put(field, in.nstring().orElse(""));
            });
        }
        return new Id(client);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        LOG.debug("connection {}: client {}", session.connection().id(), client);
        return session.untagged("ID (\"name\" \"Facteur\")").map(Reply.ok("ID completed"));
    }
}
