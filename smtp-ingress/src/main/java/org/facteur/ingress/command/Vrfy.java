package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code VRFY SP String}: RFC 5321 section 4.1.1.6; whether an address exists is told at RCPT only. */
final class Vrfy {
    private static final Reply REPLY = Reply.of(252, "2.5.2", "try RCPT");

    private Vrfy() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        return Future.succeededFuture(REPLY);
    }
}
