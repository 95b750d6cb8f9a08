package org.facteur.platform.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header that a proxy puts before the client's octets: the PROXY protocol of HAProxy, versions 1 (text) and 2
 * (binary).
 *
 * @param length octets of the header
 * @param ends who is connected to what; empty when the proxy speaks for itself (LOCAL, UNKNOWN) or of no internet
 *     address
 */
record ProxyHeader(int length, Optional<Ends> ends) {

    /** Both ends of the client's connection to the proxy. */
    record Ends(InetSocketAddress source, InetSocketAddress destination) {}

    /** The octets are not a header. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String what) {
            super(what, null, false, false);
        }
    }

    /** No header is longer; addresses of sockets, and what is behind them in version 2, included. */
    static final int MAX_LENGTH = 2048;

    private static final int V1_MAX_LENGTH = 107;
    private static final int V2_FIXED_LENGTH = 16;
    private static final byte[] V1_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V2_SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10};

    /**
     * Reads a header at the beginning of a slice.
     *
     * @return empty if more octets are needed
     * @throws MalformedException if it is none
     */
    static Optional<ProxyHeader> parse(byte[] bytes, int offset, int length) throws MalformedException {
        if (begins(bytes, offset, length, V2_SIGNATURE)) {
            return length < V2_FIXED_LENGTH ? Optional.empty() : parseBinary(bytes, offset, length);
        }
        if (begins(bytes, offset, length, V1_SIGNATURE)) {
            return parseText(bytes, offset, length);
        }
        throw new MalformedException("no PROXY header");
    }

    /** Whether the slice begins with the signature, or is the beginning of it. */
    private static boolean begins(byte[] bytes, int offset, int length, byte[] signature) {
        for (int i = 0; i < Math.min(length, signature.length); i++) {
            if (bytes[offset + i] != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ProxyHeader> parseText(byte[] bytes, int offset, int length) throws MalformedException {
        for (int i = 1; i < Math.min(length, V1_MAX_LENGTH); i++) {
            if (bytes[offset + i] == '\n' && bytes[offset + i - 1] == '\r') {
                String text = new String(bytes, offset, i - 1, StandardCharsets.US_ASCII);
                return Optional.of(new ProxyHeader(i + 1, textEnds(text)));
            }
        }
        if (length >= V1_MAX_LENGTH) {
            throw new MalformedException("endless PROXY line");
        }
        return Optional.empty();
    }

    /** {@code PROXY TCP4|TCP6 source destination sourceport destinationport} or {@code PROXY UNKNOWN ...}. */
    private static Optional<Ends> textEnds(String text) throws MalformedException {
        String[] words = text.split(" ", -1);
        if (words.length >= 2 && words[1].equals("UNKNOWN")) {
            return Optional.empty();
        }
        if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
            throw new MalformedException("not a PROXY line");
        }
        boolean v6 = words[1].equals("TCP6");
        return Optional.of(new Ends(
                new InetSocketAddress(textAddress(words[2], v6), textPort(words[4])),
                new InetSocketAddress(textAddress(words[3], v6), textPort(words[5]))));
    }

    private static InetAddress textAddress(String word, boolean v6) throws MalformedException {
        if (v6 ? word.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*") : word.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            try {
                return InetAddress.getByName(word);
            } catch (UnknownHostException e) {
                // falls through: digits that are no address
            }
        }
        throw new MalformedException("not an address in a PROXY line");
    }

    private static int textPort(String word) throws MalformedException {
        int port = word.matches("\\d{1,5}") ? Integer.parseInt(word) : 65536;
        if (port > 65535) {
            throw new MalformedException("not a port in a PROXY line");
        }
        return port;
    }

    private static Optional<ProxyHeader> parseBinary(byte[] bytes, int offset, int length) throws MalformedException {
        int version = bytes[offset + 12] & 0xff;
        int command = version & 0xf;
        int family = bytes[offset + 13] & 0xff;
        int size = number(bytes, offset + 14);
        int total = V2_FIXED_LENGTH + size;
        if (version >> 4 != 2 || command > 1 || total > MAX_LENGTH) {
            throw new MalformedException("not a PROXY header of version 2");
        }
        int octets = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
        if (command == 1 && size < 2 * octets + 4 && octets > 0) {
            throw new MalformedException("PROXY header too short for its addresses");
        }
        if (length < total) {
            return Optional.empty();
        }
        if (command == 0 || octets == 0) {
            return Optional.of(new ProxyHeader(total, Optional.empty()));
        }
        int at = offset + V2_FIXED_LENGTH;
        int ports = at + 2 * octets;
        return Optional.of(new ProxyHeader(
                total,
                Optional.of(new Ends(
                        new InetSocketAddress(address(bytes, at, octets), number(bytes, ports)),
                        new InetSocketAddress(address(bytes, at + octets, octets), number(bytes, ports + 2))))));
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static InetAddress address(byte[] bytes, int at, int octets) {
        byte[] address = new byte[octets];
        System.arraycopy(bytes, at, address, 0, octets);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
