package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.facteur.imap.session.Feature;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/** ENABLE (RFC 9051 section 6.3.1): {@code "ENABLE" 1*(SP capability)}; what is not known is passed over. */
record Enable(List<String> capabilities) implements ImapCommand {
    static Enable parse(Arguments in, MailboxNames names) {
        List<String> capabilities = new ArrayList<>();
        do {
            in.space();
            capabilities.add(in.word());
        } while (!in.atEnd());
        return new Enable(capabilities);
    }

    @Override
    public Future<Reply> run(ImapSession session) {
        StringBuilder enabled = new StringBuilder("ENABLED");
        for (Feature feature : Feature.values()) {
            if (capabilities.contains(feature.name())) {
                session.enable(feature);
                enabled.append(' ').append(feature == Feature.IMAP4REV2 ? "IMAP4rev2" : feature.name());
            }
        }
        return session.untagged(enabled.toString()).map(Reply.ok("ENABLE completed"));
    }
}
