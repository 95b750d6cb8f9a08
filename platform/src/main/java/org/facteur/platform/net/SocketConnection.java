package org.facteur.platform.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection over a Vert.x socket: a loop that hands out what waits, one thing at a time.
 *
 * <p>Invariants: all state belongs to the event loop; at most one call to the session is open ({@code busy}); raw input
 * is handed out also while busy, lines never; the socket is read while at most {@link #MAX_BACKLOG} octets wait; what was
 * written is flushed when the loop has nothing left to do.
 */
final class SocketConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
    private static final AtomicLong IDS = new AtomicLong();
    private static final int MAX_BACKLOG = 64 * 1024;
    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final ConnectionClosedException CLOSED = new ConnectionClosedException("connection closed");

    private final long id = IDS.incrementAndGet();
    private final NetSocketInternal socket;
    private final EventLoop loop;
    private final Context context;
    private final ListenerSettings settings;
    private final Optional<TlsIdentity> identity;
    private final ProxyHeader.Ends ends;
    private final InputBacklog backlog;
    private final Output output;
    private final Deadline deadline;

    private final Promise<Void> gone = Promise.promise();
    private Optional<Session> session = Optional.empty();
    private Optional<RawInput> raw = Optional.empty();
    private Optional<Tls> tls = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private long endSince;
    private boolean busy = true;
    private boolean running;
    private boolean paused;
    private boolean socketPaused;
    private boolean flushScheduled;
    private boolean discarding;
    private boolean ended;
    private boolean closing;
    private boolean closed;

    SocketConnection(
            Context context,
            NetSocketInternal socket,
            ProxyHeader.Ends ends,
            ListenerSettings settings,
            Optional<TlsIdentity> identity) {
        this.context = context;
        this.socket = socket;
        this.loop = socket.channelHandlerContext().channel().eventLoop();
        this.settings = settings;
        this.identity = identity;
        this.ends = ends;
        this.backlog = new InputBacklog(settings.limits().lineLength(), settings.lineEnds());
        this.deadline = new Deadline(settings.limits(), System.nanoTime());
        this.output = new Output(socket, this::drained);
        socket.handler(this::receive);
        socket.exceptionHandler(cause -> LOG.debug("{} {}: {}", settings.name(), id, cause.toString()));
    }

    /** Does the handshake where TLS is implicit, then makes the session and greets. */
    void open(byte[] alreadyRead, Function<Connection, Session> sessions) {
        if (settings.tls() != TlsMode.IMPLICIT) {
            backlog.append(alreadyRead, 0, alreadyRead.length);
            greet(sessions);
            return;
        }
        TlsUpgrade.start(socket, identity.orElseThrow().context(), alreadyRead)
                .onComplete(result -> onLoop(() -> {
                    if (result.succeeded()) {
                        tls = Optional.of(result.result());
                        greet(sessions);
                    } else {
                        handshakeFailed(result.cause());
                    }
                }));
    }

    private void greet(Function<Connection, Session> sessions) {
        if (closing) {
            return;
        }
        try {
            Session made = sessions.apply(this);
            session = Optional.of(made);
            handle(made::opened);
            run();
        } catch (RuntimeException e) {
            LOG.error("{} {}: no session for {}", settings.name(), id, ends.source(), e);
            close();
        }
    }

    private void handshakeFailed(Throwable cause) {
        LOG.debug("{} {}: TLS handshake with {} failed: {}", settings.name(), id, ends.source(), cause.toString());
        abort();
    }

    // Input

    private void receive(Buffer buffer) {
        deadline.touch();
        if (discarding || closing) {
            return;
        }
        ByteBuf octets = ((BufferInternal) buffer).getByteBuf();
        if (octets.hasArray()) {
            backlog.append(octets.array(), octets.arrayOffset() + octets.readerIndex(), octets.readableBytes());
        } else {
            byte[] copy = ByteBufUtil.getBytes(octets);
            backlog.append(copy, 0, copy.length);
        }
        run();
    }

    /** Hands out what can be handed out, then sends what was written. */
    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } finally {
            running = false;
        }
        output.flush();
        throttle();
    }

    private boolean step() {
        if (paused || closing) {
            return false;
        }
        if (raw.isPresent()) {
            return feed(raw.get());
        }
        if (busy) {
            return false;
        }
        if (ending.isPresent()) {
            return sayGoodbye(ending.get());
        }
        return !output.full() && nextLine();
    }

    private boolean feed(RawInput input) {
        if (backlog.size() == 0) {
            return false;
        }
        try {
            if (input.feed(backlog)) {
                raw = Optional.empty();
                input.complete();
            }
        } catch (RuntimeException e) {
            raw = Optional.empty();
            input.fail(e);
        }
        return true;
    }

    private boolean nextLine() {
        Session peer = session.orElseThrow();
        switch (backlog.next()) {
            case LINE -> handle(() -> peer.line(backlog.line()));
            case TOO_LONG -> handle(() -> peer.malformed(MalformedLine.TOO_LONG));
            case BARE_LINE_END -> handle(() -> peer.malformed(MalformedLine.BARE_LINE_END));
            case NOTHING -> {
                return false;
            }
        }
        return true;
    }

    private void handle(Supplier<Future<Void>> call) {
        busy = true;
        Future<Void> result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            result = Future.failedFuture(e);
        }
        if (result.isComplete()) {
            handled(result);
        } else {
            result.onComplete(later -> onLoop(() -> {
                handled(later);
                run();
            }));
        }
    }

    private void handled(AsyncResult<Void> result) {
        busy = false;
        deadline.touch();
        if (ended) {
            close();
        } else if (result.failed() && ending.isEmpty() && !closing) {
            if (!(result.cause() instanceof ConnectionClosedException)) {
                LOG.error("{} {}: session of {} failed", settings.name(), id, ends.source(), result.cause());
            }
            close();
        }
    }

    private void throttle() {
        if (closing) {
            return;
        }
        if (!socketPaused && backlog.size() >= MAX_BACKLOG) {
            socketPaused = true;
            socket.pause();
        } else if (socketPaused && backlog.size() < MAX_BACKLOG / 2) {
            socketPaused = false;
            socket.resume();
        }
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            context.runOnContext(any -> action.run());
        }
    }

    // Ending

    /** Tells the session to end as soon as it is between two commands. */
    void end(Ending why) {
        if (ending.isPresent() || closing) {
            return;
        }
        ending = Optional.of(why);
        endSince = System.nanoTime();
        if (session.isEmpty() || why == Ending.IDLE && output.full()) {
            abort();
            return;
        }
        if (why != Ending.SHUTDOWN && raw.isPresent()) {
            RawInput waiting = raw.get();
            raw = Optional.empty();
            waiting.fail(new ConnectionClosedException("timeout"));
        }
        run();
    }

    private boolean sayGoodbye(Ending why) {
        if (!ended) {
            ended = true;
            handle(() -> session.orElseThrow().ending(why));
        }
        return false;
    }

    /** Called by the coarse timer: ends what has lasted too long. */
    void check(long now) {
        boolean late = now - endSince > GRACE_NANOS;
        if (closing || ending.isPresent() && ending.get() != Ending.SHUTDOWN) {
            if (late) {
                abort();
            }
        } else if (deadline.isOver(now)) {
            end(Ending.SESSION_TIMEOUT);
        } else if (deadline.isIdle(now) && waitsForClient()) {
            end(Ending.IDLE);
        }
    }

    private boolean waitsForClient() {
        return output.full() || !paused && (!busy || raw.isPresent());
    }

    /** Closes without waiting for the client to take anything. */
    void abort() {
        closing = true;
        socket.channelHandlerContext().close();
    }

    /** The socket is gone. */
    void closed() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        backlog.clear();
        Optional<RawInput> waiting = raw;
        raw = Optional.empty();
        waiting.ifPresent(input -> input.fail(CLOSED));
        output.closed(CLOSED);
        gone.tryComplete();
        session.ifPresent(Session::closed);
    }

    // What sessions see

    @Override
    public String listener() {
        return settings.name();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return ends.source();
    }

    @Override
    public InetSocketAddress localAddress() {
        return ends.destination();
    }

    @Override
    public Optional<Tls> tls() {
        return tls;
    }

    @Override
    public boolean canStartTls() {
        return settings.tls() == TlsMode.STARTTLS && identity.isPresent() && tls.isEmpty();
    }

    @Override
    public Future<Void> startTls(byte[] goAhead) {
        if (!canStartTls()) {
            return Future.failedFuture(new IllegalStateException("TLS cannot be started"));
        }
        // RFC 3207 section 4.2: what the client sent before the handshake is not to be trusted
        backlog.clear();
        discarding = true;
        return output.send(goAhead)
                .compose(sent -> {
                    discarding = false;
                    return TlsUpgrade.start(socket, identity.orElseThrow().context(), new byte[0]);
                })
                .onFailure(cause -> onLoop(() -> handshakeFailed(cause)))
                .map(agreed -> {
                    tls = Optional.of(agreed);
                    return null;
                });
    }

    @Override
    public Future<Void> write(byte[] bytes) {
        return write(bytes, 0, bytes.length);
    }

    @Override
    public Future<Void> write(byte[] bytes, int offset, int length) {
        if (closing) {
            return Future.failedFuture(CLOSED);
        }
        scheduleFlush();
        return output.write(bytes, offset, length);
    }

    @Override
    public Future<Void> write(Buffer buffer) {
        if (closing) {
            return Future.failedFuture(CLOSED);
        }
        scheduleFlush();
        return output.write(buffer);
    }

    private void scheduleFlush() {
        if (!running && !flushScheduled) {
            flushScheduled = true;
            context.runOnContext(any -> {
                flushScheduled = false;
                flush();
            });
        }
    }

    @Override
    public void flush() {
        output.flush();
    }

    private void drained() {
        deadline.touch();
        run();
    }

    @Override
    public Future<Void> read(long length, OctetSink sink) {
        return length == 0 ? Future.succeededFuture() : read(RawInput.exactly(length, sink));
    }

    @Override
    public Future<Void> readUntil(RawReader reader) {
        return read(RawInput.until(reader));
    }

    private Future<Void> read(RawInput input) {
        if (closing) {
            return Future.failedFuture(CLOSED);
        }
        if (raw.isPresent()) {
            return Future.failedFuture(new IllegalStateException("octets are being read already"));
        }
        raw = Optional.of(input);
        run();
        return input.done();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        deadline.touch();
        run();
    }

    @Override
    public void idleTimeout(Duration timeout) {
        deadline.idle(timeout);
    }

    @Override
    public Future<Void> close() {
        if (closing) {
            return Future.succeededFuture();
        }
        closing = true;
        endSince = System.nanoTime();
        output.flush();
        boolean unread = backlog.size() > 0 || socketPaused;
        backlog.clear();
        return unread && tls.isEmpty() ? linger() : socket.close();
    }

    /** A close with octets unread would be a reset, which can take the last reply from the client. */
    private Future<Void> linger() {
        socket.resume();
        return socket.write(Buffer.buffer()).compose(sent -> {
            ((SocketChannel) socket.channelHandlerContext().channel()).shutdownOutput();
            return gone.future();
        });
    }

    @Override
    public boolean isClosed() {
        return closing;
    }
}
