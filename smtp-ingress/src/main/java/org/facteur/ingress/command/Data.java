package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.ingress.Transaction;

/** {@code DATA}: RFC 5321 section 4.1.1.4. The data itself is read by the session's loop. */
final class Data {
    private static final Reply GO_AHEAD =
            Reply.of(354, "", "end data with <CR><LF>.<CR><LF>").then(Reply.Next.READ_DATA);

    private Data() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        if (!arguments.isEmpty()) {
            throw new Refusal(501, "5.5.4", "DATA takes no argument");
        }
        Transaction transaction = session.transaction().orElseThrow();
        if (!transaction.hasRecipients()) {
            throw new Refusal(554, "5.5.1", "no recipient was accepted");
        }
        if (transaction.isChunked()) {
            throw new Refusal(503, "5.5.1", "the message has begun with BDAT (RFC 3030 section 2)");
        }
        return Future.succeededFuture(GO_AHEAD);
    }
}
