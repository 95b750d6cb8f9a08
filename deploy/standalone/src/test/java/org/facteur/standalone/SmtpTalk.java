package org.facteur.standalone;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One SMTP connection, spoken line by line. */
final class SmtpTalk implements Closeable {
    private static final int TIMEOUT_MILLIS = 40_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    SmtpTalk(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        reply();
        say("EHLO mx.outside.test");
    }

    /** Says a line and gives the last line of the reply. */
    String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    /** A whole transaction: the reply to the end of data, or the refusal before it. */
    String send(String from, String to, String message) throws IOException {
        for (String command : new String[] {"MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA"}) {
            String reply = say(command);
            if (reply.charAt(0) > '3') {
                return reply;
            }
        }
        return say(message + "\r\n.");
    }

    /** The reply to RCPT for an address, nothing sent. */
    static String probe(int port, String to) throws IOException {
        try (SmtpTalk talk = new SmtpTalk(port)) {
            talk.say("MAIL FROM:<carol@outside.test>");
            return talk.say("RCPT TO:<" + to + ">");
        }
    }

    /** A short message with a subject. */
    static String message(String subject) {
        return "From: carol@outside.test\r\nTo: bob@demo.test\r\nSubject: " + subject
                + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + subject + "@outside.test>\r\n\r\nText";
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
