package org.facteur.ingress.command;

import io.vertx.core.Future;
import org.facteur.ingress.Chunks;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.ingress.Transaction;

/** {@code BDAT SP chunk-size [ SP "LAST" ]}: RFC 3030 section 2. The octets of a chunk are read whatever the reply. */
final class Bdat {
    private Bdat() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        String[] words = arguments.split(" +");
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        boolean number = !words[0].isEmpty()
                && words[0].length() <= 15
                && words[0].chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || words.length > 2 || words.length == 2 && !last) {
            // Nobody knows how many octets follow: they must not be taken for commands.
            return Future.succeededFuture(
                    Reply.of(501, "5.5.4", "expected is BDAT size [LAST]").then(Reply.Next.CLOSE));
        }
        long size = Long.parseLong(words[0]);
        Transaction transaction = session.transaction().orElse(null);
        if (transaction == null || !transaction.hasRecipients()) {
            return session.connection()
                    .read(size, (bytes, offset, length) -> {})
                    .map(read -> {
                        session.reset();
                        throw new Refusal(503, "5.5.1", "no recipient was accepted");
                    });
        }
        Chunks chunks = transaction.chunks(session::intake);
        return session.connection().read(size, chunks.guard()).compose(read -> {
            if (!last) {
                return Future.succeededFuture(Reply.of(250, "2.0.0", size + " octets received"));
            }
            if (chunks.guard().isMalformed()) {
                session.reset();
                throw new Refusal(550, "5.6.0", "the message has a bare CR or LF; end lines with CR LF");
            }
            return session.complete(chunks.intake());
        });
    }
}
