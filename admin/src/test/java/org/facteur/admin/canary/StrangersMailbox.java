package org.facteur.admin.canary;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.facteur.platform.net.SelfSigned;
import org.facteur.platform.net.Session;
import org.facteur.platform.net.TlsMode;

/** An IMAP server whose folders each hold one message that is never the one looked for; it keeps what it was told. */
final class StrangersMailbox {
    private static final Map<String, String> UNTAGGED = Map.of(
            "CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS\r\n",
            "SELECT", "* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted)\r\n",
            "EXAMINE", "* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted)\r\n",
            "SEARCH", "* SEARCH\r\n",
            "LOGOUT", "* BYE\r\n");

    private final LineServer server;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    StrangersMailbox(Vertx vertx, Path directory) throws Exception {
        server = new LineServer(
                vertx,
                ListenerSettings.of("imap", "127.0.0.1", 0, TlsMode.STARTTLS, LineEnds.CRLF_ONLY),
                Optional.of(SelfSigned.at(directory, List.of("elsewhere.test"))),
                new ConnectionCounts(),
                Client::new);
    }

    Future<Integer> listen() {
        return server.listen();
    }

    Future<Void> close() {
        return server.close(Duration.ZERO);
    }

    /** What was told, without tags, in order. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** One client. */
    private final class Client implements Session {
        private final Connection connection;

        Client(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Future<Void> opened() {
            return say("* OK ready\r\n");
        }

        @Override
        public Future<Void> line(Line line) {
            String[] words = line.toString().split(" ", 3);
            commands.add(line.toString().substring(words[0].length() + 1));
            String done = words[0] + " OK done\r\n";
            return words[1].equals("STARTTLS")
                    ? connection.startTls(done.getBytes(StandardCharsets.US_ASCII))
                    : say(UNTAGGED.getOrDefault(words[1], "") + done);
        }

        @Override
        public Future<Void> malformed(MalformedLine why) {
            return say("* BAD line\r\n");
        }

        @Override
        public Future<Void> ending(Ending why) {
            return say("* BYE\r\n");
        }

        @Override
        public void closed() {
            // nothing is kept
        }

        private Future<Void> say(String text) {
            return connection.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
