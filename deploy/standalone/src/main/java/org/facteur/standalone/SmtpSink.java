package org.facteur.standalone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.ConnectionCounts;
import org.facteur.platform.net.Ending;
import org.facteur.platform.net.Line;
import org.facteur.platform.net.LineEnds;
import org.facteur.platform.net.LineServer;
import org.facteur.platform.net.ListenerSettings;
import org.facteur.platform.net.MalformedLine;
import org.facteur.platform.net.Session;
import org.facteur.platform.net.TlsMode;

/** The outside world of the demo and of tests: an SMTP server that takes everything and keeps it. */
public final class SmtpSink {
    private final LineServer server;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** A server that will listen on a free port of an address of this machine. */
    public SmtpSink(Vertx vertx, String host) {
        ListenerSettings settings = ListenerSettings.of("sink", host, 0, TlsMode.NONE, LineEnds.CRLF_ONLY);
        server = new LineServer(
                vertx, settings, Optional.empty(), new ConnectionCounts(), connection -> new Sink(connection));
    }

    /** Begins to listen; gives the port. */
    public Future<Integer> listen() {
        return server.listen();
    }

    /** The port, once it listens. */
    public int port() {
        return server.port();
    }

    /** What was taken: envelope lines first, then the message. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Stops at once. */
    public Future<Void> close() {
        return server.close(Duration.ZERO);
    }

    /** One client. */
    private final class Sink implements Session {
        private final Connection connection;
        private final StringBuilder envelope = new StringBuilder();

        Sink(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Future<Void> opened() {
            return say("220 sink");
        }

        @Override
        public Future<Void> line(Line line) {
            String text = line.toString();
            switch (text.split("[ :]")[0].toUpperCase(Locale.ROOT)) {
                case "EHLO":
                    return say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                case "MAIL":
                case "RCPT":
                    envelope.append(text).append('\n');
                    return say("250 ok");
                case "DATA":
                    return data();
                case "QUIT":
                    return say("221 bye").compose(said -> connection.close());
                default:
                    return say("250 ok");
            }
        }

        private Future<Void> data() {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            say("354 go");
            connection.flush();
            return connection
                    .readUntil((bytes, offset, length) -> {
                        message.write(bytes, offset, length);
                        return message.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n.\r\n") ? 0 : -1;
                    })
                    .compose(read -> {
                        messages.add(envelope + message.toString(StandardCharsets.UTF_8));
                        envelope.setLength(0);
                        return say("250 taken");
                    });
        }

        @Override
        public Future<Void> malformed(MalformedLine why) {
            return say("500 malformed");
        }

        @Override
        public Future<Void> ending(Ending why) {
            return say("421 closing");
        }

        @Override
        public void closed() {
            envelope.setLength(0);
        }

        private Future<Void> say(String reply) {
            return connection.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
