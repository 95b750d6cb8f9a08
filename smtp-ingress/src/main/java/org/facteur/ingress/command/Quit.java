package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code QUIT}: RFC 5321 section 4.1.1.10. */
final class Quit {
    private static final Reply REPLY = Reply.of(221, "2.0.0", "bye").then(Reply.Next.CLOSE);

    private Quit() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        return Future.succeededFuture(REPLY);
    }
}
