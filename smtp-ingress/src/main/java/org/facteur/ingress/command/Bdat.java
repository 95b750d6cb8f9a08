package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.facteur.ingress.Chunks;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.ingress.Transaction;

/** {@code BDAT SP chunk-size [ SP "LAST" ]}: RFC 3030 section 2. The octets of a chunk are read whatever the reply. */
final class Bdat {
    private Bdat() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        List<String> words = Words.of(arguments);
        boolean last = words.size() == 2 && words.get(1).equalsIgnoreCase("LAST");
        boolean number = !words.isEmpty() && Words.isNumber(words.get(0), 15);
        if (!number || words.size() > 2 || words.size() == 2 && !last) {
            // Nobody knows how many octets follow: they must not be taken for commands.
            return Future.succeededFuture(
                    Reply.of(501, "5.5.4", "expected is BDAT size [LAST]").then(Reply.Next.CLOSE));
        }
        long size = Long.parseLong(words.get(0));
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
            Optional<Reply> failure = chunks.intake().failure();
            if (failure.isPresent()) { // said at once: the client need not send the rest
                session.reset();
                throw new Refusal(failure.get());
            }
            if (!last) {
                return Future.succeededFuture(Reply.of(250, "2.0.0", size + " octets received"));
            }
            if (chunks.guard().isMalformed()) {
                session.reset();
                throw session.malformedMessage();
            }
            return session.complete(chunks.intake());
        });
    }
}
