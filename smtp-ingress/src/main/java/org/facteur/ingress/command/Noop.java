package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code NOOP [SP String]}: RFC 5321 section 4.1.1.9. */
final class Noop {
    private static final Reply REPLY = Reply.OK;

    private Noop() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        return Future.succeededFuture(REPLY);
    }
}
