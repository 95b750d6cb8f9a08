package org.facteur.platform.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A small protocol that uses all of a connection. */
final class EchoSession implements Session {

    static final AtomicInteger CLOSED = new AtomicInteger();

    private final Connection connection;

    EchoSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Future<Void> opened() {
        return say("hello " + connection.remoteAddress().getAddress().getHostAddress());
    }

    @Override
    public Future<Void> line(Line line) {
        String[] words = line.toString().split(" ");
        switch (words[0]) {
            case "TAKE" -> {
                Buffer taken = Buffer.buffer();
                return connection
                        .read(Long.parseLong(words[1]), taken::appendBytes)
                        .compose(any -> say("took " + taken.toString(StandardCharsets.ISO_8859_1)));
            }
            case "UNTIL" -> {
                Buffer taken = Buffer.buffer();
                return connection
                        .readUntil((bytes, offset, length) -> {
                            for (int i = 0; i < length; i++) {
                                if (bytes[offset + i] == '.') {
                                    taken.appendBytes(bytes, offset, i);
                                    return length - i - 1;
                                }
                            }
                            taken.appendBytes(bytes, offset, length);
                            return RawReader.MORE;
                        })
                        .compose(any -> say("until " + taken));
            }
            case "LATER" -> {
                Promise<Void> later = Promise.promise();
                connection.context().owner().setTimer(20, any -> say("later").onComplete(later));
                return later.future();
            }
            case "FLOOD" -> {
                return flood(Integer.parseInt(words[1]));
            }
            case "IDLE" -> {
                connection.idleTimeout(Duration.ofMillis(Long.parseLong(words[1])));
                return say("idle");
            }
            case "TLS" -> {
                return connection.startTls("go\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            case "SECURE" -> {
                return say(connection.tls().map(Tls::protocol).orElse("clear"));
            }
            case "QUIT" -> {
                return say("bye").compose(any -> connection.close());
            }
            case "FAIL" -> throw new IllegalStateException("on purpose");
            default -> {
                return say("echo " + line);
            }
        }
    }

    private Future<Void> flood(int times) {
        return times == 0
                ? say("flooded")
                : connection.write(new byte[64 * 1024]).compose(any -> flood(times - 1));
    }

    private Future<Void> say(String text) {
        return connection.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public Future<Void> malformed(MalformedLine why) {
        return say(why.name());
    }

    @Override
    public Future<Void> ending(Ending why) {
        return say(why.name());
    }

    @Override
    public void closed() {
        CLOSED.incrementAndGet();
    }
}
