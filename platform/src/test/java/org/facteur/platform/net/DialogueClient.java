package org.facteur.platform.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A blocking text client on the loopback address that trusts every certificate. Octets are ISO 8859-1 chars. */
public final class DialogueClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private Socket socket;
    private InputStream in;

    private DialogueClient(Socket socket, int port) throws IOException {
        this.port = port;
        use(socket);
    }

    /** A connection in the clear. */
    public static DialogueClient connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        return new DialogueClient(socket, port);
    }

    /** A connection with TLS from the first octet. */
    public static DialogueClient connectTls(int port) throws IOException {
        DialogueClient client = connect(port);
        client.startTls();
        return client;
    }

    /** Does the TLS handshake now. */
    public void startTls() throws IOException {
        SSLSocket secure = (SSLSocket) trusting()
                .getSocketFactory()
                .createSocket(socket, InetAddress.getLoopbackAddress().getHostAddress(), port, true);
        secure.setSoTimeout((int) PATIENCE.toMillis());
        secure.startHandshake();
        use(secure);
    }

    /** How long a read waits before it fails. */
    public DialogueClient patience(Duration duration) throws IOException {
        socket.setSoTimeout((int) duration.toMillis());
        return this;
    }

    private void use(Socket used) throws IOException {
        used.setTcpNoDelay(true);
        used.setSoTimeout((int) PATIENCE.toMillis());
        socket = used;
        in = new BufferedInputStream(used.getInputStream(), 16 * 1024);
    }

    /** Sends text as it is, in one write. */
    public DialogueClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends octets in one write. */
    public DialogueClient send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a line and its CRLF. */
    public DialogueClient line(String text) throws IOException {
        return send(text + "\r\n");
    }

    /** The next line without its end; empty when the server has closed the connection. */
    public Optional<String> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = next(); octet != '\n'; octet = next()) {
            if (octet < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
            }
            line.write(octet);
        }
        return Optional.of(text(line).replaceFirst("\r$", ""));
    }

    /** So many octets, or fewer when the server closes before. */
    public byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    private int next() throws IOException {
        try {
            return in.read();
        } catch (java.net.SocketException e) {
            return -1; // a reset is an end as well
        }
    }

    private static String text(ByteArrayOutputStream octets) {
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    /** The socket, for what scripts cannot do. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext trusting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
