package org.facteur.platform.net;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One client's socket: bytes and TLS, nothing of a protocol.
 *
 * <p>Everything happens on {@link #context()}, and its methods are called there. Lines go to the {@link Session} one at
 * a time. While a command runs (the future of {@link Session#line} is open) it may take octets instead with
 * {@link #read} or {@link #readUntil}. Memory is bounded: when more than 64 KiB wait behind a command, the socket is not
 * read.
 */
public interface Connection {

    /** Name of the listener, from its settings. */
    String listener();

    /** A name of this connection for logs, unique in this process. */
    long id();

    /** The event loop that this connection lives on. */
    Context context();

    /** Who the client is; behind a trusted proxy, who the proxy says it is. */
    InetSocketAddress remoteAddress();

    /** What the client connected to; behind a trusted proxy, what the proxy says. */
    InetSocketAddress localAddress();

    /** What TLS agreed upon; empty while the connection is in the clear. */
    Optional<Tls> tls();

    /** Whether TLS protects the connection. */
    default boolean isSecure() {
        return tls().isPresent();
    }

    /**
     * Whether {@link #startTls} may be called: the listener says {@link TlsMode#STARTTLS}, there is a certificate and
     * the connection is in the clear.
     */
    boolean canStartTls();

    /**
     * Writes the go-ahead in the clear, throws away every octet that arrived behind the command (RFC 3207 section 4.2)
     * and does the handshake. Fails, with the connection closed, when the handshake does.
     */
    Future<Void> startTls(byte[] goAhead);

    /**
     * Writes octets, which are not to be changed afterwards. Replies to pipelined commands leave together.
     *
     * @return complete at once while the client keeps up, else when its backlog is drained; failed when the connection
     *     is closed. Whoever writes much waits for it before writing on.
     */
    Future<Void> write(byte[] bytes);

    /** Writes a part of an array; otherwise as {@link #write(byte[])}. */
    Future<Void> write(byte[] bytes, int offset, int length);

    /** Writes a buffer; otherwise as {@link #write(byte[])}. */
    Future<Void> write(Buffer buffer);

    /** Sends what was written now, without waiting for the end of the commands that wait in the input. */
    void flush();

    /**
     * Hands the next {@code length} octets to a sink as they arrive (IMAP literals, BDAT).
     *
     * @return complete when the sink has all of them; failed when the connection closes before
     */
    Future<Void> read(long length, OctetSink sink);

    /**
     * Hands what arrives to a reader until it has seen its end.
     *
     * @return complete when it has; failed when the connection closes before
     */
    Future<Void> readUntil(RawReader reader);

    /** Hands out nothing until {@link #resume()}; takes effect within {@link #read} and {@link #readUntil} too. */
    void pause();

    /** Goes on after {@link #pause()}. */
    void resume();

    /** Replaces the idle timeout of the listener for this connection. */
    void idleTimeout(Duration timeout);

    /** Sends what was written, then closes; no further line is handed out. */
    Future<Void> close();

    /** Whether it is closed or closing. */
    boolean isClosed();
}
