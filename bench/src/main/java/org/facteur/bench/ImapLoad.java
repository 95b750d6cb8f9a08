package org.facteur.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An IMAP client that only measures: it sends a command and reads until its tag comes back. */
final class ImapLoad implements Closeable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tag;
    private long octets;

    ImapLoad(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
        line();
    }

    /** Runs a command; fails unless it ends with OK. Gives its time in nanoseconds. */
    long run(String command) throws IOException {
        long begin = System.nanoTime();
        String name = "b" + tag++;
        octets = 0;
        out.write((name + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = line();
        while (!line.startsWith(name + " ")) {
            skipLiteral(line);
            line = line();
        }
        if (!line.startsWith(name + " OK")) {
            throw new IOException(command + ": " + line);
        }
        return System.nanoTime() - begin;
    }

    /** Octets that the last command answered with. */
    long octets() {
        return octets;
    }

    private void skipLiteral(String line) throws IOException {
        if (line.endsWith("}")) {
            long length = Long.parseLong(line.substring(line.lastIndexOf('{') + 1, line.length() - 1));
            in.skipNBytes(length);
            octets += length;
        }
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("connection closed");
            }
            text.append((char) b);
        }
        octets += text.length() + 1L;
        text.setLength(Math.max(0, text.length() - 1));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
