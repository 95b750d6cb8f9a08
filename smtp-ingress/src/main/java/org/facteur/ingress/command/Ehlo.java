package org.facteur.ingress.command;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.facteur.ingress.Refusal;
import org.facteur.ingress.Reply;
import org.facteur.ingress.SmtpSession;

/** {@code EHLO SP ( Domain / address-literal )}: RFC 5321 section 4.1.1.1. */
final class Ehlo {
    private static final int LONGEST = 255;

    private Ehlo() {}

    static Future<Reply> run(SmtpSession session, String arguments) {
        session.greeted(name(arguments), true);
        List<String> lines = new ArrayList<>();
        lines.add(session.ingress().hostname() + " greets you");
        lines.add("PIPELINING");
        lines.add("SIZE " + session.ingress().settings().maxMessage());
        lines.add("8BITMIME");
        lines.add("SMTPUTF8");
        lines.add("CHUNKING");
        lines.add("ENHANCEDSTATUSCODES");
        if (session.connection().canStartTls()) {
            lines.add("STARTTLS");
        }
        if (Auth.isOffered(session)) {
            lines.add("AUTH PLAIN LOGIN");
        }
        return Future.succeededFuture(Reply.of(250, "", lines));
    }

    /**
     * The name; it is shown in trace fields, so it must be one word of printable characters. What is beyond ASCII, as names of
     * home computers are, shows as question marks.
     */
    static String name(String arguments) {
        String name = arguments.strip();
        boolean good = !name.isEmpty() && name.length() <= LONGEST;
        for (int i = 0; i < name.length() && good; i++) {
            char c = name.charAt(i);
            good = c > ' ' && c != '(' && c != ')' && c != '<' && c != '>' && c != '"' && c != '\\' && c != ';'
                    && c != 127;
        }
        if (!good) {
            throw new Refusal(501, "5.5.4", "expected is a domain or an address literal such as [192.0.2.1]");
        }
        return ascii(name);
    }

    private static String ascii(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            text.append(name.charAt(i) < 127 ? name.charAt(i) : '?');
        }
        return text.toString();
    }
}
