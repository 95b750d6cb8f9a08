package org.facteur.imap.command;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Outcome;
import org.facteur.imap.session.Reply;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.MailboxNames;

/**
 * AUTHENTICATE (RFC 9051 section 6.2.2) with PLAIN (RFC 4616):
 * {@code "AUTHENTICATE" SP auth-type [SP initial-resp]}.
 */
record Authenticate(String mechanism, Optional<String> initial) implements ImapCommand {
    static Authenticate parse(Arguments in, MailboxNames names) {
        in.space();
        String mechanism = in.word();
        return new Authenticate(mechanism, in.skip(' ') ? Optional.of(in.rest()) : Optional.empty());
    }

    @Override
    public Future<? extends Outcome> run(ImapSession session) {
        if (!mechanism.equals("PLAIN")) {
            return Future.succeededFuture(Reply.no("CANNOT", "no such mechanism"));
        }
        if (initial.isPresent()) {
            return plain(session, initial.get().equals("=") ? "" : initial.get());
        }
        return Future.succeededFuture(
                new Outcome.NeedsLine("+ ", line -> plain(session, line.text(StandardCharsets.US_ASCII))
                        .map(reply -> (Outcome) reply)));
    }

    /** {@code message = [authzid] NUL authcid NUL passwd}, in base64. */
    private static Future<Reply> plain(ImapSession session, String base64) {
        if (base64.equals("*")) {
            return Future.succeededFuture(Reply.bad("AUTHENTICATE cancelled"));
        }
        String message;
        try {
            message = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(Reply.bad("not base64"));
        }
        String[] parts = message.split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty()) {
            return Future.succeededFuture(Reply.bad("not a PLAIN message"));
        }
        if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
            return Future.succeededFuture(Reply.no("AUTHORIZATIONFAILED", "nobody acts for somebody else"));
        }
        return Credentials.check(session, parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return "Authenticate[mechanism=" + mechanism + "]";
    }
}
