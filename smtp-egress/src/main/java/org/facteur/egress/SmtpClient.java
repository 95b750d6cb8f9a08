package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.record.Outbound;

/**
 * One connection to an MX. It can carry several messages one after the other. Certificates are not checked: TLS is
 * opportunistic here (RFC 7435), a policy that demands more is decided before the connection.
 */
final class SmtpClient {
    /** RFC 5321 section 4.5.3.2 asks for 5 minutes and more; the end of data is the step where patience avoids repeats. */
    private static final Duration COMMAND = Duration.ofMinutes(1);

    private static final Duration BLOCK = Duration.ofMinutes(3);

    private static final Duration END_OF_DATA = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final NetSocket socket;
    private final String host;
    private final Deque<Promise<SmtpReply>> waiting = new ArrayDeque<>();
    private final Set<String> extensions = new HashSet<>();
    private final ReplyReader reader;
    private String tls = "";
    private Throwable broken;
    private boolean undecided;

    private SmtpClient(Vertx vertx, NetSocket socket, String host) {
        this.vertx = vertx;
        this.socket = socket;
        this.host = host;
        reader = new ReplyReader(this::replied, text -> fail(new IOException(text)));
        socket.handler(reader::read);
        socket.closeHandler(closed -> fail(new IOException("connection closed by " + host)));
        socket.exceptionHandler(this::fail);
    }

    /** What a session needs to know of us and them. */
    record Target(String host, String address, int port, boolean startTls) {}

    /** Connects, greets and starts TLS where it is offered and wanted. */
    static Future<SmtpClient> connect(Vertx vertx, NetClient net, Target target, String hostname) {
        return net.connect(target.port(), target.address()).compose(socket -> {
            SmtpClient client = new SmtpClient(vertx, socket, target.host());
            return client.greet(hostname, target.startTls()).map(client).onFailure(client::fail);
        });
    }

    /** The name of the other side. */
    String host() {
        return host;
    }

    /** Protocol and cipher suite; empty without TLS. */
    String tls() {
        return tls;
    }

    /** Whether it can carry another message. */
    boolean isUsable() {
        return broken == null && waiting.isEmpty();
    }

    /** Whether it broke after a message was sent and before the reply: the other side may have taken the message. */
    boolean isUndecided() {
        return undecided;
    }

    /** Says goodbye and closes. */
    Future<Void> quit() {
        return broken != null
                ? Future.succeededFuture()
                : send("QUIT\r\n", COMMAND).eventually(socket::close).mapEmpty();
    }

    /** The handshake that the other side had agreed to failed. */
    static final class TlsException extends IOException {
        private static final long serialVersionUID = 1L;

        TlsException(Throwable cause) {
            super("TLS: " + cause.getMessage(), cause);
        }
    }

    /** A refusal of the greeting, with the reply that says so. */
    static final class GreetingException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient SmtpReply reply;

        GreetingException(SmtpReply reply) {
            super(reply.text());
            this.reply = reply;
        }

        SmtpReply reply() {
            return reply;
        }
    }

    private Future<Void> greet(String hostname, boolean startTls) {
        return expectBanner()
                .compose(banner -> ehlo(hostname))
                .compose(greeted ->
                        startTls && extensions.contains("STARTTLS") ? startTls(hostname) : Future.succeededFuture());
    }

    private Future<Void> expectBanner() {
        Promise<SmtpReply> banner = Promise.promise();
        waiting.add(banner);
        return timed(banner, COMMAND).compose(SmtpClient::positive);
    }

    private Future<Void> ehlo(String hostname) {
        extensions.clear();
        return send("EHLO " + hostname + "\r\n", COMMAND).compose(reply -> {
            if (reply.isPositive()) {
                reply.lines().stream()
                        .skip(1)
                        .forEach(line -> extensions.add(line.split(" ", 2)[0].toUpperCase(Locale.ROOT)));
                return Future.succeededFuture();
            }
            return send("HELO " + hostname + "\r\n", COMMAND).compose(SmtpClient::positive);
        });
    }

    /** A host that refuses after all gets the mail in the clear (RFC 3207 section 4: the client decides whether to go on). */
    private Future<Void> startTls(String hostname) {
        return send("STARTTLS\r\n", COMMAND)
                .compose(reply ->
                        reply.isPositive() ? handshake().compose(secured -> ehlo(hostname)) : Future.succeededFuture());
    }

    private Future<Void> handshake() {
        ClientSSLOptions options = new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
        reader.reset();
        // Whatever goes wrong from here on, thrown or not, is a failed handshake: plain text is tried next.
        return Future.succeededFuture()
                .compose(go -> socket.upgradeToSsl(options, host))
                .recover(cause -> Future.failedFuture(new TlsException(cause)))
                .onSuccess(secured -> tls = socket.sslSession().getProtocol() + " "
                        + socket.sslSession().getCipherSuite());
    }

    private static Future<Void> positive(SmtpReply reply) {
        return reply.isPositive() ? Future.succeededFuture() : Future.failedFuture(new GreetingException(reply));
    }

    /**
     * One transaction. The result says what became of each recipient; it fails where the connection broke before the other
     * side could take responsibility.
     */
    Future<Outcome> transact(Outbound outbound, MessageSource message) {
        if (outbound.smtputf8() && !extensions.contains("SMTPUTF8")) {
            return Future.succeededFuture(Outcome.allPermanent(
                    outbound.recipients(),
                    host,
                    "5.6.7",
                    host + " cannot take internationalized addresses (SMTPUTF8)"));
        }
        boolean pipelining = extensions.contains("PIPELINING");
        List<Future<SmtpReply>> replies = new ArrayList<>();
        replies.add(send(mail(outbound, message), COMMAND));
        Future<?> turn = pipelining ? Future.succeededFuture() : replies.get(0);
        for (String recipient : outbound.recipients()) {
            Future<SmtpReply> reply = turn.compose(go -> send("RCPT TO:<" + recipient + ">\r\n", COMMAND));
            replies.add(reply);
            turn = pipelining ? turn : reply;
        }
        return Future.all(replies).compose(all -> {
            Recipients recipients = Recipients.of(outbound.recipients(), all.list());
            return recipients.accepted().isEmpty() ? reset(recipients.outcome(host, tls)) : data(message, recipients);
        });
    }

    private String mail(Outbound outbound, MessageSource message) {
        StringBuilder command =
                new StringBuilder("MAIL FROM:<").append(outbound.reversePath()).append('>');
        if (extensions.contains("SIZE")) {
            command.append(" SIZE=").append(message.size());
        }
        if (extensions.contains("8BITMIME")) {
            command.append(" BODY=8BITMIME");
        }
        if (outbound.smtputf8()) {
            command.append(" SMTPUTF8");
        }
        return command.append("\r\n").toString();
    }

    /** Ends a transaction that sent no message; what became of it stands, whatever the connection does. */
    private Future<Outcome> reset(Outcome outcome) {
        return send("RSET\r\n", COMMAND).transform(done -> Future.succeededFuture(outcome));
    }

    private Future<Outcome> data(MessageSource message, Recipients recipients) {
        return send("DATA\r\n", COMMAND).compose(go -> {
            if (go.isPositive()) {
                Throwable cause = new IOException(host + " answered DATA with " + go.text());
                fail(cause);
                return Future.failedFuture(cause);
            }
            if (go.code() != 354) {
                return reset(recipients.answered(go).outcome(host, tls));
            }
            DotStuffer stuffer = new DotStuffer();
            return message.writeTo(slice -> write(stuffer.stuff(slice)))
                    .compose(written -> {
                        undecided = true;
                        Promise<SmtpReply> reply = Promise.promise();
                        waiting.add(reply);
                        socket.write(stuffer.end());
                        return timed(reply, END_OF_DATA);
                    })
                    // A positive reply here hands the responsibility over to the other side (RFC 5321 section 4.2.5).
                    .map(reply -> {
                        undecided = false;
                        return recipients.answered(reply).outcome(host, tls);
                    })
                    .onFailure(this::fail);
        });
    }

    /** A block of the message; a peer that takes nothing for three minutes (RFC 5321 section 4.5.3.2.5) is given up. */
    private Future<Void> write(Buffer slice) {
        long timer = vertx.setTimer(
                BLOCK.toMillis(), late -> fail(new TimeoutException(host + " does not take the message")));
        return socket.write(slice).onComplete(done -> vertx.cancelTimer(timer));
    }

    private Future<SmtpReply> send(String command, Duration patience) {
        if (broken != null) {
            return Future.failedFuture(broken);
        }
        Promise<SmtpReply> reply = Promise.promise();
        waiting.add(reply);
        socket.write(Buffer.buffer(command));
        return timed(reply, patience);
    }

    private Future<SmtpReply> timed(Promise<SmtpReply> reply, Duration patience) {
        long timer = vertx.setTimer(
                patience.toMillis(), late -> fail(new TimeoutException("no reply from " + host + " in time")));
        return reply.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void replied(SmtpReply reply) {
        Promise<SmtpReply> next = waiting.poll();
        if (next != null) {
            next.tryComplete(reply);
        } else if (broken == null) {
            fail(new IOException(host + " said " + reply.text()));
        }
    }

    private void fail(Throwable cause) {
        if (broken == null) {
            broken = cause;
            List<Promise<SmtpReply>> all = new ArrayList<>(waiting);
            waiting.clear();
            all.forEach(reply -> reply.tryFail(cause));
            socket.close();
        }
    }
}
