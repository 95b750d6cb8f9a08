package org.facteur.ingress;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.facteur.ingress.command.SmtpCommands;
import org.facteur.mail.record.Client;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.ConnectionClosedException;
import org.facteur.platform.net.Ending;
import org.facteur.platform.net.Line;
import org.facteur.platform.net.MalformedLine;
import org.facteur.platform.net.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: who it is, and the loop that reads commands, writes replies, counts and limits. Invariants: a transaction
 * exists only after a greeting; an account only on a submission listener and with TLS; TLS forgets all that was said before.
 */
public final class SmtpSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);
    private static final int MOST_ERRORS = 20;
    private static final int MOST_TRANSACTIONS = 1000;

    private final Connection connection;
    private final Role role;
    private final Ingress ingress;
    private String helo = "";
    private boolean extended;
    private Optional<String> account = Optional.empty();
    private Optional<Transaction> transaction = Optional.empty();
    private int errors;
    private int transactions;

    /** A session that has not been greeted yet. */
    public SmtpSession(Connection connection, Role role, Ingress ingress) {
        this.connection = connection;
        this.role = role;
        this.ingress = ingress;
    }

    @Override
    public Future<Void> opened() {
        ingress.metrics().opened();
        return write(Reply.of(220, "", ingress.hostname() + " ESMTP Facteur"));
    }

    @Override
    public Future<Void> line(Line line) {
        String verb = verb(line);
        Future<Reply> reply;
        try {
            reply = SmtpCommands.run(this, verb, arguments(line, verb));
        } catch (Refusal refusal) {
            reply = Future.succeededFuture(refusal.reply());
        }
        return reply.recover(this::failed).compose(answer -> {
            ingress.metrics().command(SmtpCommands.isKnown(verb) ? verb : SmtpCommands.UNKNOWN, answer.code());
            if (SmtpCommands.canRefuse(verb)) {
                answer.reason().ifPresent(reason -> ingress.metrics().refused(role, reason));
            }
            return answer(answer);
        });
    }

    @Override
    public Future<Void> malformed(MalformedLine why) {
        Reply reply = why == MalformedLine.TOO_LONG
                ? Reply.of(500, "5.5.2", "line too long")
                : Reply.of(500, "5.5.2", "a bare CR or LF is no end of line; end lines with CR LF");
        return answer(reply);
    }

    @Override
    public Future<Void> ending(Ending why) {
        return write(
                why == Ending.SHUTDOWN
                        ? Reply.of(421, "4.3.2", ingress.hostname() + " is being restarted, come again in a moment")
                        : Reply.of(421, "4.4.2", ingress.hostname() + " has waited too long"));
    }

    @Override
    public void closed() {
        ingress.metrics().closed();
        reset();
    }

    /** Bytes and TLS. */
    public Connection connection() {
        return connection;
    }

    /** What the listener is for. */
    public Role role() {
        return role;
    }

    /** What all sessions share. */
    public Ingress ingress() {
        return ingress;
    }

    /** The argument of EHLO or HELO; empty before the greeting. */
    public String helo() {
        return helo;
    }

    /** Whether the client said EHLO. */
    public boolean isExtended() {
        return extended;
    }

    /** The client has greeted; this ends a transaction (RFC 5321 section 4.1.4). */
    public void greeted(String name, boolean byEhlo) {
        reset();
        helo = name;
        extended = byEhlo;
    }

    /** Who logged in. */
    public Optional<String> account() {
        return account;
    }

    /** A log-in succeeded. */
    public void loggedIn(String address) {
        account = Optional.of(address);
    }

    /** The transaction under way. */
    public Optional<Transaction> transaction() {
        return transaction;
    }

    /** MAIL begins a transaction. */
    public void begin(Transaction begun) {
        if (++transactions > MOST_TRANSACTIONS) {
            throw new Refusal(Reply.of(421, "4.7.0", "too many messages on one connection, open another")
                    .then(Reply.Next.CLOSE));
        }
        transaction = Optional.of(begun);
    }

    /** Ends a transaction without a trace. */
    public void reset() {
        transaction.ifPresent(Transaction::discard);
        transaction = Optional.empty();
    }

    /** A place for the octets of a message. */
    public Intake intake() {
        return new Intake(
                connection,
                ingress.bodies(),
                ingress.memory(),
                ingress.inlineLimit(),
                ingress.settings().maxMessage());
    }

    /** The message is complete: decides on it and ends the transaction. */
    public Future<Reply> complete(Intake intake) {
        Transaction done = transaction.orElseThrow();
        transaction = Optional.empty();
        Future<Reply> reply;
        try {
            Acceptance acceptance = role.isSubmission() ? ingress.submission() : ingress.mx();
            reply = acceptance.accept(this, done, intake);
        } catch (RuntimeException cause) { // a refusal, or a failure of ours: either way nothing of it is kept
            reply = intake.discard().compose(discarded -> Future.failedFuture(cause));
        }
        return reply.onComplete(result -> {
            intake.release();
            if (result.succeeded()) {
                ingress.metrics().accepted(role, done.begin());
            }
        });
    }

    /** The refusal of a message in which a line ends otherwise than in CRLF (RFC 5321 section 2.3.8). */
    public Refusal malformedMessage() {
        return new Refusal(Reason.SYNTAX, 550, "5.6.0", "the message has a bare CR or LF; end lines with CR LF");
    }

    /** The client's address as text. */
    public String clientIp() {
        InetAddress address = connection.remoteAddress().getAddress();
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The client in the form of the records. */
    public Client client() {
        return new Client(
                clientIp(),
                helo,
                connection.tls().map(tls -> tls.protocol() + " " + tls.cipher()).orElse(""));
    }

    private Future<Void> answer(Reply reply) {
        // A 4xx is the server's state and no error of the client's: 452 for every recipient behind the 100th is in
        // order.
        if (reply.code() >= 500 && ++errors > MOST_ERRORS) {
            return write(Reply.of(421, "4.7.0", "too many errors")).compose(written -> connection.close());
        }
        return switch (reply.next()) {
            case CONTINUE -> write(reply);
            case CLOSE -> write(reply).compose(written -> connection.close());
            case START_TLS -> connection.startTls(reply.bytes()).onSuccess(secured -> forget());
            case READ_DATA -> readData(reply);
        };
    }

    private Future<Void> readData(Reply goAhead) {
        Intake intake = intake();
        DataReader reader = new DataReader(intake);
        write(goAhead);
        connection.flush();
        return connection
                .readUntil(reader)
                .onFailure(cause -> intake.discard())
                .compose(read -> {
                    if (reader.isMalformed()) {
                        reset();
                        Refusal refusal = malformedMessage();
                        return intake.discard().map(done -> refusal.reply());
                    }
                    return complete(intake).recover(this::failed);
                })
                .compose(reply -> {
                    reply.reason().ifPresent(reason -> ingress.metrics().refused(role, reason));
                    return answer(reply);
                });
    }

    /** After the handshake the client is a stranger again (RFC 3207 section 4.2). */
    private void forget() {
        reset();
        helo = "";
        extended = false;
        account = Optional.empty();
    }

    private Future<Reply> failed(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return Future.succeededFuture(refusal.reply());
        }
        if (connection.isClosed() || cause instanceof ConnectionClosedException) {
            return Future.failedFuture(cause);
        }
        LOG.error("connection {} from {}: a command failed", connection.id(), clientIp(), cause);
        return Future.succeededFuture(Reply.of(451, "4.3.0", "a part of this server does not answer, try again later"));
    }

    private Future<Void> write(Reply reply) {
        return connection.write(reply.bytes());
    }

    private static String verb(Line line) {
        int length = 0;
        while (length < line.length() && line.at(length) != ' ') {
            length++;
        }
        return new String(line.bytes(), line.offset(), Math.min(length, 16), StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
    }

    private static String arguments(Line line, String verb) {
        return line.length() <= verb.length()
                ? ""
                : line.from(verb.length() + 1).text(StandardCharsets.UTF_8).strip();
    }
}
