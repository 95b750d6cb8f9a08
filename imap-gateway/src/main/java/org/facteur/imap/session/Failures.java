package org.facteur.imap.session;

import org.facteur.imap.store.Mailboxes;
import org.facteur.imap.syntax.SyntaxError;
import org.facteur.platform.net.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client is told of a command that failed: its own fault, a refusal, something that is down, or ours. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Reply reply(Throwable failure, String command, Connection connection) {
        if (failure instanceof Refusal refusal) {
            return refusal.reply();
        }
        if (failure instanceof SyntaxError syntax) {
            return Reply.bad(syntax.getMessage());
        }
        if (connection.isClosed()) {
            return Reply.no("the connection is closed");
        }
        if (failure instanceof Mailboxes.Unavailable unavailable) {
            LOG.warn("connection {}: {} not possible now: {}", connection.id(), command, message(unavailable));
            return Reply.no("UNAVAILABLE", "not possible now, try again later");
        }
        LOG.error("connection {}: {} failed", connection.id(), command, failure);
        return Reply.no("SERVERBUG", "internal error");
    }

    private static String message(Mailboxes.Unavailable unavailable) {
        return String.valueOf(unavailable.getCause());
    }
}
