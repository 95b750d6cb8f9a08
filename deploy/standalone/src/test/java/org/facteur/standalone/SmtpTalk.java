package org.facteur.standalone;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One SMTP connection of another server, spoken line by line. */
public final class SmtpTalk implements Closeable {
    /** Whom the mail is from. */
    public static final String SENDER = "carol@outside.test";

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    /** No server took the connection, or it was closed before a greeting came. */
    public static final class NotConnected extends IOException {
        private static final long serialVersionUID = 1L;

        NotConnected(IOException cause) {
            super("not connected: " + cause.getMessage(), cause);
        }
    }

    /** Connects to a port of this machine and greets; fails with {@link NotConnected} where nobody greets back. */
    public SmtpTalk(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
            reply();
        } catch (IOException e) {
            socket.close();
            throw new NotConnected(e);
        }
        say("EHLO mx.outside.test");
    }

    /** Says a line and gives the last line of the reply. */
    public String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    /** A whole transaction: the reply to the end of data, or the refusal before it. */
    public String send(String from, String to, String message) throws IOException {
        for (String command : new String[] {"MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA"}) {
            String reply = say(command);
            if (reply.charAt(0) > '3') {
                return reply;
            }
        }
        return say(message + "\r\n.");
    }

    /** The reply to RCPT for an address, nothing sent. */
    public static String probe(int port, String to) throws IOException {
        try (SmtpTalk talk = new SmtpTalk(port)) {
            talk.say("MAIL FROM:<" + SENDER + ">");
            return talk.say("RCPT TO:<" + to + ">");
        }
    }

    /** A short message with a subject. */
    static String message(String subject) {
        return message("bob@demo.test", subject, "Text");
    }

    /** A message with a subject and a text. */
    public static String message(String to, String subject, String text) {
        return "From: " + SENDER + "\r\nTo: " + to + "\r\nSubject: " + subject
                + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + subject + "@outside.test>\r\n\r\n"
                + text;
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
