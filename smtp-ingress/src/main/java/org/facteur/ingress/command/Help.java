package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code HELP [SP String]}: RFC 5321 section 4.1.1.8. */
final class Help {
    private static final Reply REPLY = Reply.of(214, "2.0.0", "RFC 5321; see EHLO for what is offered");

    private Help() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        return Future.succeededFuture(REPLY);
    }
}
