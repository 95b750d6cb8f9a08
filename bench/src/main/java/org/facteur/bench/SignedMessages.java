package org.facteur.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;

/**
 * Messages of one size, DKIM-signed by sender.test. A few hundred are signed beforehand; each one sent gets a field of its
 * own in front, which no signature covers, so that no two messages are the same bytes.
 */
final class SignedMessages {
    private static final String WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789     ";

    private final byte[][] signed;

    /**
     * Signs the messages.
     *
     * @param octets about as large as each is to be
     * @param distinct how many are signed
     * @param sign gives the DKIM-Signature field of a message
     */
    SignedMessages(int octets, int distinct, Function<byte[], byte[]> sign) {
        Random random = new Random(octets);
        signed = new byte[distinct][];
        for (int i = 0; i < distinct; i++) {
            byte[] message = compose(i, octets, random).getBytes(StandardCharsets.US_ASCII);
            byte[] field = sign.apply(message);
            signed[i] = new byte[field.length + message.length];
            System.arraycopy(field, 0, signed[i], 0, field.length);
            System.arraycopy(message, 0, signed[i], field.length, message.length);
        }
    }

    /** The n-th message in wire form, without a final CRLF. */
    byte[] wire(int n) {
        byte[] sequence = ("X-Sequence: " + n + "-" + System.nanoTime() + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] rest = signed[n % signed.length];
        byte[] all = new byte[sequence.length + rest.length];
        System.arraycopy(sequence, 0, all, 0, sequence.length);
        System.arraycopy(rest, 0, all, sequence.length, rest.length);
        return all;
    }

    private static String compose(int n, int octets, Random random) {
        StringBuilder text = new StringBuilder(octets + 200)
                .append("From: Sender <sender@sender.test>\r\n")
                .append("To: Reader <reader@bench.test>\r\n")
                .append("Subject: Measurement number ")
                .append(n)
                .append("\r\n")
                .append("Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n")
                .append("Message-ID: <")
                .append(n)
                .append(".")
                .append(octets)
                .append("@sender.test>\r\n")
                .append("MIME-Version: 1.0\r\n")
                .append("Content-Type: text/plain; charset=us-ascii\r\n\r\n");
        while (text.length() < octets - 700) {
            for (int i = 0; i < 72; i++) {
                text.append(WORDS.charAt(random.nextInt(WORDS.length())));
            }
            text.append("z\r\n");
        }
        return text.append("end\r\n").toString();
    }
}
