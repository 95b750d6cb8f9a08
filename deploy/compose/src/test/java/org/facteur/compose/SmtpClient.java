package org.facteur.compose;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One SMTP connection of another server, spoken line by line. */
final class SmtpClient implements Closeable {
    static final String SENDER = "carol@outside.test";

    private static final int CONNECT_MILLIS = 10_000;
    private static final int REPLY_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    /** No server took the connection, or it was closed before a greeting came. */
    static final class NotConnected extends IOException {
        private static final long serialVersionUID = 1L;

        NotConnected(IOException cause) {
            super("not connected: " + cause.getMessage(), cause);
        }
    }

    SmtpClient(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
            socket.setSoTimeout(REPLY_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
            reply();
        } catch (IOException e) {
            socket.close();
            throw new NotConnected(e);
        }
    }

    /** Hands a message over: the reply that decided. */
    String send(String to, String message) throws IOException {
        for (String line :
                new String[] {"EHLO mx.outside.test", "MAIL FROM:<" + SENDER + ">", "RCPT TO:<" + to + ">", "DATA"}) {
            String reply = say(line);
            if (reply.charAt(0) > '3') {
                return reply;
            }
        }
        return say(message + "\r\n.");
    }

    /** The reply to RCPT for an address, nothing sent. */
    static String probe(int port, String to) throws IOException {
        try (SmtpClient client = new SmtpClient(port)) {
            client.say("EHLO mx.outside.test");
            client.say("MAIL FROM:<" + SENDER + ">");
            return client.say("RCPT TO:<" + to + ">");
        }
    }

    /** A message with a subject and a text. */
    static String message(String to, String subject, String text) {
        return "From: Carol <" + SENDER + ">\r\nTo: " + to + "\r\nSubject: " + subject
                + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + subject.replace(' ', '-')
                + "@outside.test>\r\n\r\n" + text;
    }

    private String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("connection closed");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
