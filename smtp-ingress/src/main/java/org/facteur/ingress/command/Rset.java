package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code RSET}: RFC 5321 section 4.1.1.5. */
final class Rset {
    private static final Reply REPLY = Reply.OK;

    private Rset() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        session.reset();
        return Future.succeededFuture(REPLY);
    }
}
