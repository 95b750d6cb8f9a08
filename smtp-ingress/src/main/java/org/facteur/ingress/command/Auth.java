package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.facteur.ingress.LinePrompt;
import org.facteur.ingress.Reason;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;
import org.facteur.platform.security.Authenticator;

/** {@code AUTH SP mechanism [SP initial-response]}: RFC 4954 section 4, with PLAIN (RFC 4616) and LOGIN. */
final class Auth {
    private Auth() {}

    /** Only users log in, and only with TLS. */
    static boolean isOffered(SmtpSession session) {
        return session.role().isSubmission()
                && session.connection().isSecure()
                && session.account().isEmpty();
    }

    static Future<Reply> run(SmtpSession session, String arguments) {
        if (!session.role().isSubmission()) {
            throw new Refusal(Reason.LOGIN, 502, "5.5.1", "no log-in on this port; use submission");
        }
        if (!session.connection().isSecure()) {
            throw new Refusal(
                    Reason.LOGIN, 538, "5.7.11", "say STARTTLS first, a password must not travel in the clear");
        }
        if (session.account().isPresent() || session.transaction().isPresent()) {
            throw new Refusal(503, "5.5.1", "no log-in now");
        }
        List<String> words = Words.of(arguments);
        if (words.isEmpty() || words.size() > 2) {
            throw new Refusal(501, "5.5.4", "expected is AUTH mechanism [initial-response]");
        }
        String initial = words.size() > 1 ? words.get(1) : "";
        return switch (words.get(0).toUpperCase(Locale.ROOT)) {
            case "PLAIN" ->
                (initial.isEmpty() ? ask(session, "") : Future.succeededFuture(initial))
                        .compose(response -> plain(session, decode(response)));
            case "LOGIN" ->
                (initial.isEmpty() ? ask(session, "Username:") : Future.succeededFuture(initial))
                        .compose(name -> ask(session, "Password:")
                                .compose(password -> login(session, text(decode(name)), text(decode(password)))));
            default -> throw new Refusal(504, "5.5.4", "mechanisms are PLAIN and LOGIN");
        };
    }

    /** {@code [authzid] NUL authcid NUL passwd}: RFC 4616 section 2. */
    private static Future<Reply> plain(SmtpSession session, byte[] message) {
        String[] parts = text(message).split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty()) {
            throw new Refusal(501, "5.5.2", "not a PLAIN message");
        }
        if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
            throw new Refusal(Reason.LOGIN, 535, "5.7.8", "one account cannot act for another");
        }
        return login(session, parts[1], parts[2]);
    }

    private static Future<Reply> login(SmtpSession session, String name, String password) {
        return session.ingress()
                .authenticator()
                .login(name, password, session.clientIp())
                .map(login -> {
                    if (login.result() == Authenticator.Result.OK) {
                        session.loggedIn(login.account());
                        return Reply.of(235, "2.7.0", "welcome");
                    }
                    throw switch (login.result()) {
                        case LOCKED ->
                            new Refusal(Reply.of(421, "4.7.0", "too many failures, try again in a quarter of an hour")
                                    .because(Reason.LOGIN)
                                    .then(Reply.Next.CLOSE));
                        case UNAVAILABLE ->
                            new Refusal(454, "4.7.0", "the directory is not read yet, try again in a moment");
                        default -> new Refusal(Reason.LOGIN, 535, "5.7.8", "name or password is wrong");
                    };
                });
    }

    private static Future<String> ask(SmtpSession session, String prompt) {
        String text = "334 " + Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.US_ASCII)) + "\r\n";
        session.connection().write(text.getBytes(StandardCharsets.US_ASCII));
        session.connection().flush();
        LinePrompt answer = new LinePrompt();
        return session.connection().readUntil(answer).map(read -> {
            if (answer.isMalformed()) {
                throw new Refusal(500, "5.5.2", "a bare CR or LF is no end of line; end lines with CR LF");
            }
            if (answer.text().equals("*")) {
                throw new Refusal(Reason.LOGIN, 501, "5.7.0", "log-in cancelled");
            }
            return answer.text();
        });
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.equals("=") ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(501, "5.5.2", "not base64");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
