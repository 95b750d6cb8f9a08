package org.facteur.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with real sockets. */
class LineServerTest {

    private static final ListenerSettings PLAIN =
            ListenerSettings.of("test", "127.0.0.1", 0, TlsMode.STARTTLS, LineEnds.CRLF_ONLY);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static TlsIdentity identity;

    private LineServer server;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        identity = SelfSigned.at(directory, List.of("mx.example.org"));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @AfterEach
    void closeServer() {
        server.close(Duration.ofMillis(1)).await();
    }

    private int listen(ListenerSettings settings) {
        return onLoop(() -> {
            server = new LineServer(vertx, settings, Optional.of(identity), new ConnectionCounts(), EchoSession::new);
            return server.listen();
        });
    }

    private static <T> T onLoop(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(any -> action.get().onComplete(done));
        return done.future().await();
    }

    private static ConnectionLimits limits(int idleMillis, int sessionMillis) {
        return ConnectionLimits.DEFAULT.withTimeouts(Duration.ofMillis(idleMillis), Duration.ofMillis(sessionMillis));
    }

    @Test
    void pipelinedLinesAreAnsweredInOrder() {
        Dialogue.of("""
                        S: hello 127.0.0.1
                        C: one
                        C: LATER
                        C: two
                        C: TAKE 5
                        R: ab\\r\\ncthree\\r\\n
                        S: echo one
                        S: later
                        S: echo two
                        S: took ab
                        S: c
                        S: echo three
                        C: UNTIL
                        C: a
                        C: b.four
                        C: QUIT
                        S: until a
                        S: b
                        S: echo four
                        S: bye
                        EOF
                        """).play(listen(PLAIN));
    }

    @Test
    void halfLinesAreJoined() throws IOException {
        try (DialogueClient client = DialogueClient.connect(listen(PLAIN))) {
            client.read();
            for (char c : "hal".toCharArray()) {
                client.send(String.valueOf(c));
            }
            client.send("f\r").send("\nnext\r\n");
            assertThat(client.read()).contains("echo half");
            assertThat(client.read()).contains("echo next");
        }
    }

    @Test
    void malformedLinesAreReported() {
        Dialogue.of("""
                        S: hello
                        R: a\\nb\\rc\\r\\n
                        C: d
                        S: BARE_LINE_END
                        S: BARE_LINE_END
                        S: echo d
                        C: 123456789
                        C: 12345678
                        S: TOO_LONG
                        S: echo 12345678
                        """).play(listen(PLAIN.withLimits(ConnectionLimits.DEFAULT.withLineLength(8))));
    }

    @Test
    void startTlsThrowsAwayWhatCameBefore() {
        Dialogue.of("""
                        S: hello
                        C: SECURE
                        S: clear
                        C: TLS
                        C: injected
                        S: go
                        TLS
                        C: SECURE
                        S: TLSv1.3
                        """).play(listen(PLAIN));
    }

    @Test
    void implicitTlsServesAndRefusesClearText() throws IOException {
        int port = listen(ListenerSettings.of("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, LineEnds.CRLF_ONLY));
        Dialogue.of("S: hello\nC: SECURE\nS: TLSv1.3\nC: QUIT\nS: bye\nEOF").playTls(port);
        try (DialogueClient client = DialogueClient.connect(port)) {
            client.line("EHLO in the clear");
            Optional<String> answer = client.read();
            assertThat(answer.filter(line -> line.contains("hello"))).isEmpty();
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void proxyHeaderIsFollowedByImplicitTlsInTheSameSegment() throws IOException {
        int port = listen(ListenerSettings.of("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, LineEnds.CRLF_ONLY)
                .withProxyFrom(List.of(Cidr.parse("127.0.0.0/8"))));
        try (DialogueClient client = DialogueClient.connect(port)) {
            client.send("PROXY TCP4 192.0.2.7 192.0.2.1 4000 993\r\n");
            client.startTls();
            assertThat(client.read()).contains("hello 192.0.2.7");
        }
    }

    @Test
    void clientHelloInTheSegmentOfTheProxyHeaderIsRead() throws Exception {
        int port = listen(ListenerSettings.of("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, LineEnds.CRLF_ONLY)
                .withProxyFrom(List.of(Cidr.parse("127.0.0.0/8"))));
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread gluing = new Thread(() -> glue(proxy, port));
            gluing.start();
            Dialogue.of("S: hello 192.0.2.7\nC: SECURE\nS: TLSv1.3\nC: QUIT\nS: bye\nEOF")
                    .playTls(proxy.getLocalPort());
            gluing.join(5000);
        }
    }

    /** Passes one connection on, its first segment behind a PROXY header. */
    private static void glue(ServerSocket proxy, int port) {
        try (Socket client = proxy.accept();
                Socket server = new Socket("127.0.0.1", port)) {
            byte[] hello = new byte[16 * 1024];
            int length = client.getInputStream().read(hello);
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.writeBytes("PROXY TCP4 192.0.2.7 192.0.2.1 4000 993\r\n".getBytes(StandardCharsets.US_ASCII));
            first.write(hello, 0, length);
            server.getOutputStream().write(first.toByteArray());
            Thread back = new Thread(() -> pump(server, client));
            back.start();
            pump(client, server);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // the other side has closed: nothing more to pass on
        }
    }

    @Test
    void portsInUseAreNamed() {
        int port = listen(PLAIN);
        ListenerSettings same = ListenerSettings.of("smtp", "127.0.0.1", port, TlsMode.NONE, LineEnds.CRLF_ONLY);
        Vertx other = Vertx.vertx();
        try {
            assertThatThrownBy(() -> new LineServer(
                                    other, same, Optional.empty(), new ConnectionCounts(), EchoSession::new)
                            .listen()
                            .await())
                    .hasMessageContaining("smtp cannot listen on 127.0.0.1 port " + port);
        } finally {
            other.close().await();
        }
    }

    @Test
    void instancesShareAPort() throws Exception {
        ConnectionCounts counts = new ConnectionCounts();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        String deployment = vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return new LineServer(vertx, PLAIN, Optional.empty(), counts, connection -> {
                                            threads.add(Thread.currentThread().getName());
                                            return new EchoSession(connection);
                                        })
                                        .listen()
                                        .onSuccess(ports::add);
                            }
                        },
                        new DeploymentOptions().setInstances(2))
                .await();
        assertThat(ports).hasSize(1);
        for (int i = 0; i < 10; i++) {
            Dialogue.of("S: hello\nC: QUIT\nS: bye\nEOF").play(ports.iterator().next());
        }
        assertThat(threads).hasSize(2);
        vertx.undeploy(deployment).await();
        listen(PLAIN);
    }

    @Test
    void proxyHeaderIsRequiredFromProxiesAndRefusedFromOthers() throws IOException {
        int port = listen(PLAIN.withProxyFrom(List.of(Cidr.parse("127.0.0.1"))));
        Dialogue.of("R: PROXY TCP6 2001:db8::7 2001:d\nR: b8::1 4000 25\\r\\nfirst\\r\\n\n"
                        + "S: hello 2001:db8:0:0:0:0:0:7\nS: echo first")
                .play(port);
        Dialogue.of("C: EHLO x\nEOF").play(port);
        closeServer();
        Dialogue.of("S: hello 127.0.0.1\nC: PROXY TCP4 192.0.2.7 192.0.2.1 4000 993\nS: echo PROXY")
                .play(listen(PLAIN));
    }

    @Test
    void silentClientsAreToldAndClosed() {
        int port = listen(PLAIN.withLimits(limits(100, 60_000)));
        Dialogue.of("S: hello\nS: IDLE\nEOF").play(port);
        Dialogue.of("S: hello\nC: TAKE 10\nC: half\nS: IDLE\nEOF").play(port);
        Dialogue.of("S: hello\nC: IDLE 60000\nS: idle\nC: LATER\nS: later\nC: x\nS: echo x")
                .play(port);
    }

    @Test
    void longSessionsAreToldAndClosed() {
        Dialogue.of("S: hello\nS: SESSION_TIMEOUT\nEOF").play(listen(PLAIN.withLimits(limits(60_000, 100))));
    }

    @Test
    void failedSessionsAreClosed() {
        Dialogue.of("S: hello\nC: FAIL\nEOF").play(listen(PLAIN));
    }

    @Test
    void slowReadersAreWaitedForAndCutWhenIdle() throws IOException {
        int port = listen(PLAIN.withLimits(limits(500, 60_000)));
        try (DialogueClient slow = DialogueClient.connect(port);
                DialogueClient other = DialogueClient.connect(port)) {
            slow.read();
            slow.line("FLOOD 1000");
            assertThat(slow.read(64 * 1024)).hasSize(64 * 1024);
            assertThat(other.read()).contains("hello 127.0.0.1");
            assertThat(other.line("x").read()).contains("echo x");
            await().atMost(Duration.ofSeconds(5)).until(() -> server.connections() <= 1);
        }
        try (DialogueClient quick = DialogueClient.connect(port)) {
            quick.read();
            quick.line("FLOOD 200");
            assertThat(quick.read(200 * 64 * 1024)).hasSize(200 * 64 * 1024);
            assertThat(quick.read()).contains("flooded");
        }
    }

    @Test
    void connectionsAreCounted() throws IOException {
        int port = listen(PLAIN.withLimits(ConnectionLimits.DEFAULT.withConnections(1000, 200))
                .withRefusal("421 too many"));
        List<DialogueClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(DialogueClient.connect(port));
        }
        for (DialogueClient client : clients) {
            assertThat(client.read()).contains("hello 127.0.0.1");
        }
        Dialogue.of("S: 421 too many\nEOF").play(port);
        for (DialogueClient client : clients) {
            client.close();
        }
        await().until(() -> server.connections() == 0);
        Dialogue.of("S: hello").play(port);
    }

    @Test
    void closingLetsTheRunningCommandFinish() throws IOException {
        int port = listen(PLAIN);
        try (DialogueClient client = DialogueClient.connect(port)) {
            client.read();
            client.line("LATER");
            await().until(() -> server.connections() == 1);
            Future<Void> closed = server.close(Duration.ofSeconds(5));
            assertThat(client.read()).contains("later");
            assertThat(client.read()).contains("SHUTDOWN");
            assertThat(client.read()).isEmpty();
            closed.await();
        }
    }

    @Test
    void lastWordsArriveAlthoughInputIsUnread() throws Exception {
        int port = listen(PLAIN);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("QUIT\r\n" + "more\r\n".repeat(50_000)).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("hello 127.0.0.1\r\nbye\r\n");
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void clientsMayVanishUnderWrite() throws IOException {
        int port = listen(PLAIN);
        int before = EchoSession.CLOSED.get();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write("FLOOD 1000\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(1000);
        }
        await().until(() -> server.connections() == 0 && EchoSession.CLOSED.get() > before);
    }

    @Test
    void oneEventLoopCarriesManyExchanges() throws IOException {
        int port = listen(PLAIN);
        int rounds = 2000;
        try (DialogueClient client = DialogueClient.connect(port)) {
            client.read();
            long begin = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                client.line("NOOP");
                client.read();
            }
            double single = rounds * 1e9 / (System.nanoTime() - begin);
            begin = System.nanoTime();
            for (int i = 0; i < rounds; i += 100) {
                client.send("NOOP\r\n".repeat(100));
                for (int j = 0; j < 100; j++) {
                    client.read();
                }
            }
            double pipelined = rounds * 1e9 / (System.nanoTime() - begin);
            System.out.printf("exchanges per second: %.0f one by one, %.0f pipelined%n", single, pipelined);
            assertThat(pipelined).isGreaterThan(2000);
        }
    }
}
