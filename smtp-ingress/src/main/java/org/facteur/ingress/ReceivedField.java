package org.facteur.ingress;

import java.time.Instant;
import java.time.ZoneOffset;
import org.facteur.mail.header.MessageDate;

/** The trace field that acceptance adds (RFC 5321 section 4.4), complete lines. */
final class ReceivedField {
    private ReceivedField() {}

    static String of(SmtpSession session, Transaction transaction, String id, Instant now) {
        String ip = session.clientIp();
        StringBuilder text = new StringBuilder(300);
        text.append("Received: from ").append(session.helo()).append(" (");
        text.append(ip.indexOf(':') >= 0 ? "[IPv6:" : "[").append(ip).append("])\r\n");
        session.connection().tls().ifPresent(tls -> text.append("\t(using ")
                .append(tls.protocol())
                .append(" with cipher ")
                .append(tls.cipher())
                .append(")\r\n"));
        text.append("\tby ").append(session.ingress().hostname()).append(" (Facteur) with ");
        text.append(protocol(session, transaction)).append(" id ").append(id);
        if (transaction.forwardPaths().size() == 1) {
            text.append("\r\n\tfor <").append(transaction.forwardPaths().get(0)).append('>');
        }
        return text.append(";\r\n\t")
                .append(MessageDate.format(now.atOffset(ZoneOffset.UTC)))
                .append("\r\n")
                .toString();
    }

    /** The registered names of RFC 3848 and RFC 6531 section 4.3. */
    private static String protocol(SmtpSession session, Transaction transaction) {
        if (!session.isExtended()) {
            return "SMTP";
        }
        String base = transaction.smtputf8() ? "UTF8SMTP" : "ESMTP";
        return base
                + (session.connection().isSecure() ? "S" : "")
                + (session.account().isPresent() ? "A" : "");
    }
}
