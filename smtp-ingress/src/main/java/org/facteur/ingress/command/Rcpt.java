package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.util.List;
import org.facteur.ingress.Reason;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.ingress.Transaction;
import org.facteur.mail.record.Recipient;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.Resolution;

/** {@code RCPT TO:<forward-path> [SP parameters]}: RFC 5321 section 4.1.1.3. */
final class Rcpt {
    private static final Reply OK = Reply.of(250, "2.1.5", "recipient ok");

    private Rcpt() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        Path path = Path.parse("TO", arguments);
        if (!path.parameters().isEmpty()) {
            throw new Refusal(
                    555,
                    "5.5.4",
                    "unknown parameter "
                            + Mail.printable(Path.name(path.parameters().get(0))));
        }
        Transaction transaction = session.transaction().orElseThrow();
        Directory directory = session.ingress().directory();
        if (!directory.isReady()) {
            throw new Refusal(451, "4.3.0", "the directory is not read yet, try again in a moment");
        }
        String forwardPath = forwardPath(session, path.text(), transaction.smtputf8());
        Resolution resolution = directory.resolve(forwardPath);
        List<Recipient> recipients =
                switch (resolution.kind()) {
                    case FOUND -> resolution.recipients();
                    case UNKNOWN ->
                        throw new Refusal(
                                Reason.RECIPIENT,
                                550,
                                "5.1.1",
                                "<" + Mail.printable(forwardPath) + "> is not an address here");
                    case OVER_QUOTA ->
                        throw new Refusal(
                                Reason.QUOTA,
                                452,
                                "4.2.2",
                                "the mailbox of <" + Mail.printable(forwardPath) + "> is full");
                    case TOO_MANY ->
                        throw new Refusal(
                                Reason.RECIPIENT,
                                550,
                                "5.2.4",
                                "<" + Mail.printable(forwardPath) + "> leads to too many recipients");
                    case FOREIGN -> foreign(session, forwardPath);
                };
        if (!transaction.add(forwardPath, recipients)) {
            throw new Refusal(
                    452, "4.5.3", "more than " + Transaction.MOST_RECIPIENTS + " recipients, send the rest separately");
        }
        return Future.succeededFuture(OK);
    }

    /** Our own users send to the world; strangers do not. */
    private static List<Recipient> foreign(SmtpSession session, String forwardPath) {
        if (session.account().isEmpty()) {
            throw new Refusal(
                    Reason.RELAY,
                    550,
                    "5.7.1",
                    "no relaying: <" + Mail.printable(forwardPath) + "> is not here and you are not logged in");
        }
        return List.of(new Recipient(forwardPath, forwardPath, false));
    }

    private static String forwardPath(SmtpSession session, String text, boolean smtputf8) {
        return text.equalsIgnoreCase("postmaster")
                ? session.ingress()
                        .directory()
                        .postmaster(session.ingress().hostname())
                        .orElseThrow(() -> new Refusal(Reason.RECIPIENT, 550, "5.1.1", "no domain has its mail here"))
                : Mail.address(text, smtputf8);
    }
}
