package org.facteur.imap.command;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.session.ImapCommand;
import org.facteur.imap.session.ImapSession;
import org.facteur.imap.session.Outcome;
import org.facteur.imap.session.Reply;
import org.facteur.imap.session.State;
import org.facteur.imap.store.Mailboxes.Appended;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.ImapDate;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.mail.record.Body;
import org.facteur.platform.body.BodyStore.BodyWriter;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.Line;

/**
 * APPEND (RFC 9051 section 6.3.12): {@code "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal}. It runs when the
 * literal is announced: a small message is kept in memory, a larger one goes to the body store as it arrives.
 */
record Append(String mailbox, List<String> flags, Optional<OffsetDateTime> date, long size) implements ImapCommand {
    static Append parse(Arguments in, MailboxNames names) {
        in.space();
        String mailbox = names.read(in);
        in.space();
        List<String> flags = List.of();
        if (in.peek('(')) {
            flags = FlagList.parseList(in);
            in.space();
        }
        Optional<OffsetDateTime> date = Optional.empty();
        if (in.peek('"')) {
            date = Optional.of(ImapDate.readDateTime(in));
            in.space();
        }
        long size = in.literalSize();
        in.end();
        return new Append(mailbox, flags, date, size);
    }

    @Override
    public Future<Outcome> run(ImapSession session) {
        return body(session).map(body -> new Outcome.NeedsLine("", line -> finish(session, body, line)));
    }

    private Future<Body> body(ImapSession session) {
        Connection connection = session.connection();
        if (size <= session.services().limits().inlineLimit()) {
            byte[] bytes = new byte[(int) size];
            int[] at = {0};
            return connection
                    .read(size, (from, offset, length) -> {
                        System.arraycopy(from, offset, bytes, at[0], length);
                        at[0] += length;
                    })
                    .map(ignored -> new Body.Inline(bytes));
        }
        return session.services().bodies().create().compose(writer -> stored(connection, writer));
    }

    private Future<Body> stored(Connection connection, BodyWriter writer) {
        writer.setWriteQueueMaxSize(1 << 18);
        return connection
                .read(size, (from, offset, length) -> {
                    writer.write(Buffer.buffer(length).appendBytes(from, offset, length));
                    if (writer.writeQueueFull()) {
                        connection.pause();
                        writer.drainHandler(ignored -> connection.resume());
                    }
                })
                .compose(ignored -> writer.finish())
                .<Body>map(Body.Stored::new)
                .recover(e -> writer.discard().transform(ignored -> Future.failedFuture(e)));
    }

    /** The rest of the line after the literal; nothing may stand there. */
    private Future<Outcome> finish(ImapSession session, Body body, Line line) {
        if (line.length() != 0) {
            return Future.succeededFuture(Reply.bad("one message at a time"));
        }
        if (size == 0) {
            return Future.succeededFuture(Reply.no("no message"));
        }
        return session.services()
                .mailboxes()
                .append(session.account(), mailbox, flags, date.map(OffsetDateTime::toInstant), body)
                .compose(appended -> seen(session, appended))
                .<Outcome>map(appended ->
                        Reply.ok("APPENDUID " + appended.uidValidity() + " " + appended.uid(), "APPEND completed"))
                .recover(MailboxRules::tryCreate);
    }

    /** A session that has the mailbox selected sees the message before the reply. */
    private static Future<Appended> seen(ImapSession session, Appended appended) {
        return session.state() instanceof State.Selected selected
                        && selected.mailbox().id() == appended.mailbox()
                ? selected.mailbox().view().reach(appended.modseq()).map(appended)
                : Future.succeededFuture(appended);
    }
}
