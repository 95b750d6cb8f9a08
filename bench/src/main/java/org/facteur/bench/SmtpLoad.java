package org.facteur.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Sends messages as other MTAs do: one message a connection, commands pipelined as EHLO allows (RFC 2920), on blocking
 * sockets so that the load itself costs little.
 */
final class SmtpLoad {
    private static final byte[] EHLO = ascii("EHLO mx.sender.test\r\n");
    private static final byte[] END = ascii("\r\n.\r\nQUIT\r\n");
    private static final int TIMEOUT_MILLIS = 60_000;

    private final InetSocketAddress server;

    SmtpLoad(InetSocketAddress server) {
        this.server = server;
    }

    /**
     * What a run gave.
     *
     * @param seconds wall time from the first connection to the last reply
     * @param transactions connect to the reply after the end of data, one entry a message that got a 250
     * @param refused messages that got another reply or none
     */
    record Result(double seconds, Percentiles transactions, int refused) {
        double perSecond() {
            return transactions.count() / seconds;
        }
    }

    /**
     * Sends {@code messages} messages over {@code connections} connections at a time.
     *
     * @param message the n-th message in wire form: CRLF line ends, dots stuffed, no final CRLF
     * @param recipient the n-th forward-path
     */
    Result run(int connections, int messages, IntFunction<byte[]> message, IntFunction<String> recipient)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        AtomicLong firstFailureShown = new AtomicLong();
        long[] nanos = new long[messages];
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> {
                for (int n = next.getAndIncrement(); n < messages; n = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    try {
                        transaction(message.apply(n), recipient.apply(n));
                        nanos[accepted.getAndIncrement()] = System.nanoTime() - start;
                    } catch (IOException e) {
                        if (firstFailureShown.getAndIncrement() == 0) {
                            System.err.println("bench: first message not accepted: " + e.getMessage());
                        }
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Percentiles transactions = new Percentiles(java.util.Arrays.copyOf(nanos, accepted.get()));
        return new Result(seconds, transactions, messages - accepted.get());
    }

    private void transaction(byte[] message, String recipient) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 512);
            OutputStream out = socket.getOutputStream();
            expect(in, '2');
            out.write(EHLO);
            expect(in, '2');
            out.write(ascii("MAIL FROM:<sender@sender.test>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n"));
            expect(in, '2');
            expect(in, '2');
            expect(in, '3');
            out.write(message);
            out.write(END);
            expect(in, '2');
            expect(in, '2');
        }
    }

    private static void expect(InputStream in, char reply) throws IOException {
        while (true) {
            String line = line(in);
            if (line.length() < 4 || line.charAt(3) != '-') {
                if (line.isEmpty() || line.charAt(0) != reply) {
                    throw new IOException(line.isEmpty() ? "connection closed" : line);
                }
                return;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[1024];
        int length = 0;
        for (int b = in.read(); b >= 0 && b != '\n' && length < bytes.length; b = in.read()) {
            bytes[length++] = (byte) b;
        }
        return new String(bytes, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
