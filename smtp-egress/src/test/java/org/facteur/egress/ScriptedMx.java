package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.platform.net.Connection;
import org.facteur.platform.net.ConnectionCounts;
import org.facteur.platform.net.Ending;
import org.facteur.platform.net.Line;
import org.facteur.platform.net.LineEnds;
import org.facteur.platform.net.LineServer;
import org.facteur.platform.net.ListenerSettings;
import org.facteur.platform.net.MalformedLine;
import org.facteur.platform.net.RawReader;
import org.facteur.platform.net.Session;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.net.TlsMode;

/** Another domain's mail server that does as a test tells it and writes down what it sees. */
final class ScriptedMx {
    /** A message that was taken. */
    record Taken(long connection, boolean tls, String mail, List<String> recipients, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** What happens to STARTTLS. */
    enum StartTls {
        NOT_OFFERED,
        WORKS,
        REFUSED,
        BROKEN
    }

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    /** Replies that differ from 250, by the beginning of the command. */
    final Map<String, String> replies = new ConcurrentHashMap<>();

    volatile List<String> extensions = List.of("8BITMIME", "SIZE 1000000", "PIPELINING");
    volatile StartTls startTls = StartTls.NOT_OFFERED;
    volatile boolean greets = true;
    volatile boolean closesAtEndOfData;
    volatile boolean closesAfterRefusal;
    /** Whether the reply to MAIL waits for a RCPT, which only a client that pipelines sends before. */
    volatile boolean wantsPipelining;
    /** How often a command arrived before the former had its reply. */
    final AtomicInteger pipelined = new AtomicInteger();

    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private final LineServer server;
    private final Vertx vertx;

    ScriptedMx(Vertx vertx, String address, int port, Optional<TlsIdentity> tls) {
        this.vertx = vertx;
        server = new LineServer(
                vertx,
                ListenerSettings.of("mx", address, port, TlsMode.STARTTLS, LineEnds.CRLF_ONLY),
                tls,
                new ConnectionCounts(),
                Dialogue::new);
    }

    Future<Integer> listen() {
        return server.listen();
    }

    /** Closes every connection as a host that goes down does. */
    void hangUp() {
        open.forEach(connection -> connection.context().runOnContext(now -> connection.close()));
    }

    private final class Dialogue implements Session {
        private final Connection connection;
        private String mail = "";
        private List<String> recipients = new ArrayList<>();
        private String withheld = "";
        private boolean owes;

        Dialogue(Connection connection) {
            this.connection = connection;
            open.add(connection);
        }

        @Override
        public Future<Void> opened() {
            connections.incrementAndGet();
            return greets ? write(replies.getOrDefault("BANNER", "220 mx ready")) : Future.succeededFuture();
        }

        @Override
        public Future<Void> line(Line line) {
            String command = line.text(StandardCharsets.UTF_8);
            commands.add(command);
            if (owes) {
                pipelined.incrementAndGet();
            }
            Optional<String> refusal = replies.entrySet().stream()
                    .filter(entry -> command.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (refusal.isPresent()) {
                return closesAfterRefusal
                        ? write(refusal.get()).compose(told -> connection.close())
                        : reply(refusal.get());
            }
            return switch (command.split(" ")[0]) {
                case "EHLO" -> ehlo();
                case "STARTTLS" -> startTls();
                case "MAIL" -> mail(command);
                case "RCPT" -> {
                    recipients.add(command.substring("RCPT TO:<".length(), command.length() - 1));
                    yield reply("250 2.1.5 ok");
                }
                case "DATA" -> data();
                case "RSET" -> {
                    mail = "";
                    recipients = new ArrayList<>();
                    yield reply("250 ok");
                }
                case "QUIT" -> write("221 bye").compose(said -> connection.close());
                default -> reply("250 ok");
            };
        }

        private Future<Void> ehlo() {
            List<String> all = new ArrayList<>(extensions);
            if (startTls != StartTls.NOT_OFFERED && !connection.isSecure()) {
                all.add("STARTTLS");
            }
            StringBuilder text = new StringBuilder("250-mx");
            all.forEach(extension -> text.append("\r\n250-").append(extension));
            return write(text + "\r\n250 ENHANCEDSTATUSCODES");
        }

        private Future<Void> startTls() {
            byte[] goAhead = "220 go\r\n".getBytes(StandardCharsets.US_ASCII);
            return switch (startTls) {
                case WORKS -> connection.startTls(goAhead);
                case BROKEN -> write("220 go\r\nthis is no handshake at all");
                default -> reply("454 4.7.0 no TLS now");
            };
        }

        private Future<Void> mail(String command) {
            if (!mail.isEmpty()) {
                return reply("503 5.5.1 nested MAIL");
            }
            mail = command;
            if (wantsPipelining) {
                withheld = "250 ok\r\n";
                return Future.succeededFuture();
            }
            return reply("250 ok");
        }

        private Future<Void> data() {
            if (recipients.isEmpty()) {
                return reply("503 5.5.1 no recipients");
            }
            End end = new End();
            Future<Void> read = connection.readUntil(end);
            return write("354 go").compose(told -> read).compose(all -> {
                if (closesAtEndOfData) {
                    return connection.close();
                }
                taken.add(new Taken(
                        connection.id(), connection.isSecure(), mail, List.copyOf(recipients), end.message()));
                mail = "";
                recipients = new ArrayList<>();
                return write(replies.getOrDefault("END", "250 2.0.0 taken"));
            });
        }

        /** Says it a little later, so that a command sent too early is seen. */
        private Future<Void> reply(String text) {
            String before = withheld;
            withheld = "";
            owes = true;
            vertx.setTimer(5, later -> {
                owes = false;
                write(before + text);
            });
            return Future.succeededFuture();
        }

        private Future<Void> write(String text) {
            Future<Void> written = connection.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            connection.flush();
            return written;
        }

        @Override
        public Future<Void> malformed(MalformedLine why) {
            return write("500 " + why);
        }

        @Override
        public Future<Void> ending(Ending why) {
            return Future.succeededFuture();
        }

        @Override
        public void closed() {
            open.remove(connection);
        }
    }

    /** Reads to CRLF.CRLF and takes the stuffing out. */
    private static final class End implements RawReader {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private String last = "\r\n";

        @Override
        public int read(byte[] slice, int offset, int length) {
            for (int i = 0; i < length; i++) {
                bytes.write(slice[offset + i]);
                last = last.substring(Math.max(0, last.length() - 4)) + (char) (slice[offset + i] & 0xff);
                if (last.equals("\r\n.\r\n")) {
                    return length - i - 1;
                }
            }
            return MORE;
        }

        byte[] message() {
            String wire = bytes.toString(StandardCharsets.ISO_8859_1);
            String stuffed = "\r\n" + wire.substring(0, wire.length() - 3);
            return stuffed.replace("\r\n..", "\r\n.").substring(2).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
