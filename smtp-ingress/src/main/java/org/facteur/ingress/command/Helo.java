package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code HELO SP Domain}: RFC 5321 section 4.1.1.1. */
final class Helo {
    private Helo() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        session.greeted(Ehlo.name(arguments), false);
        return Future.succeededFuture(Reply.of(250, "", session.ingress().hostname()));
    }
}
