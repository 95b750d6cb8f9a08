package org.facteur.imap.command;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Optional;
import org.facteur.imap.session.Refusal;
import org.facteur.imap.session.Reply;

/** What names mailboxes may have. */
final class MailboxRules {
    private MailboxRules() {}

    /** Whether a name has an empty level, a wildcard, or is too long. */
    static boolean isInvalid(String name) {
        return name.length() > 255
                || name.indexOf('*') >= 0
                || name.indexOf('%') >= 0
                || Arrays.stream(name.split("/", -1)).anyMatch(String::isBlank);
    }

    /** RFC 9051 sections 6.3.12 and 6.4.7: where the target is missing, the client may make it and try again. */
    static <T> Future<T> tryCreate(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reply().code().equals(Optional.of("NONEXISTENT"))
                ? Future.failedFuture(new Refusal(Reply.no("TRYCREATE", "no such mailbox")))
                : Future.failedFuture(failure);
    }

    /** There is no such mailbox. */
    static Refusal missing() {
        return new Refusal(Reply.no("NONEXISTENT", "no such mailbox"));
    }
}
