package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.facteur.ingress.Reason;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.ingress.Transaction;
import org.facteur.mail.address.EmailAddress;

/** {@code MAIL FROM:<reverse-path> [SP parameters]}: RFC 5321 section 4.1.1.2. */
final class Mail {
    private static final Reply OK = Reply.of(250, "2.1.0", "sender ok");

    private Mail() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        if (session.transaction().isPresent()) {
            throw new Refusal(503, "5.5.1", "one MAIL at a time; say RSET first");
        }
        if (session.role().isSubmission() && session.account().isEmpty()) {
            throw session.connection().isSecure()
                    ? new Refusal(Reason.LOGIN, 530, "5.7.0", "log in first")
                    : new Refusal(Reason.LOGIN, 530, "5.7.0", "say STARTTLS first");
        }
        Path path = Path.parse("FROM", arguments);
        boolean smtputf8 = parameters(session, path.parameters());
        String reversePath = path.text().isEmpty() ? "" : address(path.text(), smtputf8);
        session.account().ifPresent(account -> checkOwner(session, account, reversePath));
        session.begin(new Transaction(reversePath, smtputf8));
        return Future.succeededFuture(OK);
    }

    /** The address as written, once it is known to be one. */
    static String address(String text, boolean smtputf8) {
        EmailAddress address = EmailAddress.parse(text)
                .orElseThrow(() -> new Refusal(501, "5.1.7", "<" + printable(text) + "> is not an address"));
        if (address.needsSmtpUtf8() && !smtputf8) {
            throw new Refusal(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8 on MAIL");
        }
        return address.toString();
    }

    static String printable(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private static boolean parameters(SmtpSession session, List<String> parameters) {
        boolean smtputf8 = false;
        for (String parameter : parameters) {
            Optional<String> size = Path.value(parameter, "SIZE");
            Optional<String> body = Path.value(parameter, "BODY");
            if (size.isPresent()) {
                checkSize(session, size.get());
            } else if (body.isPresent()) {
                if (!body.get().equalsIgnoreCase("7BIT") && !body.get().equalsIgnoreCase("8BITMIME")) {
                    throw new Refusal(501, "5.5.4", "BODY is 7BIT or 8BITMIME");
                }
            } else if (parameter.equalsIgnoreCase("SMTPUTF8")) {
                smtputf8 = true;
            } else if (Path.value(parameter, "AUTH").isEmpty()) { // RFC 4954 section 5: read and not trusted
                throw new Refusal(555, "5.5.4", "unknown parameter " + printable(Path.name(parameter)));
            }
        }
        return smtputf8;
    }

    /** RFC 1870 section 6.1. */
    private static void checkSize(SmtpSession session, String text) {
        long most = session.ingress().settings().maxMessage();
        if (!Words.isNumber(text, 18)) {
            throw new Refusal(501, "5.5.4", "SIZE is a number of octets");
        }
        if (Long.parseLong(text) > most) {
            throw new Refusal(Reason.SIZE, 552, "5.3.4", "message is larger than " + most + " octets");
        }
    }

    private static void checkOwner(SmtpSession session, String account, String reversePath) {
        if (reversePath.isEmpty() || !session.ingress().directory().owns(account, reversePath)) {
            throw new Refusal(553, "5.7.1", "<" + printable(reversePath) + "> does not belong to " + account);
        }
    }
}
