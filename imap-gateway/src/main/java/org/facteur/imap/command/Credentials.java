package org.facteur.imap.command;

import io.vertx.core.Future;
import org.facteur.imap.session.Capabilities;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Reply;
import org.facteur.platform.security.Authenticator;
import org.facteur.platform.security.Authenticator.Login;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What LOGIN and AUTHENTICATE do with a name and a password. */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private Credentials() {}

    static Future<Reply> check(ImapSession session, String user, String password) {
        if (!session.mayLogIn()) {
            return Future.succeededFuture(Reply.no("PRIVACYREQUIRED", "passwords are taken over TLS only"));
        }
        String client = session.connection().remoteAddress().getAddress().getHostAddress();
        return session.services()
                .authenticator()
                .login(user, password, client)
                .map(login -> reply(session, user, login));
    }

    private static Reply reply(ImapSession session, String user, Login login) {
        if (login.result() == Authenticator.Result.OK) {
            session.authenticated(login.account());
            session.connection().idleTimeout(session.services().limits().idle());
            return Reply.ok("CAPABILITY " + Capabilities.of(session), "logged in");
        }
        LOG.info("connection {}: login of {} refused: {}", session.connection().id(), user, login.result());
        return switch (login.result()) {
            case LOCKED -> Reply.no("UNAVAILABLE", "too many failed logins, try again later");
            case UNAVAILABLE -> Reply.no("UNAVAILABLE", "not possible now, try again later");
            default -> Reply.no("AUTHENTICATIONFAILED", "user or password is wrong");
        };
    }
}
