package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code STARTTLS}: RFC 3207 section 4. */
final class StartTls {
    private static final Reply READY =
            Reply.of(220, "2.0.0", "ready to start TLS").then(Reply.Next.START_TLS);

    private StartTls() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        if (!arguments.isEmpty()) {
            throw new Refusal(501, "5.5.4", "STARTTLS takes no argument");
        }
        if (session.connection().isSecure()) {
            throw new Refusal(503, "5.5.1", "TLS is on already");
        }
        if (!session.connection().canStartTls()) {
            throw new Refusal(502, "5.5.1", "STARTTLS is not offered here");
        }
        return Future.succeededFuture(READY);
    }
}
