package org.facteur.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3). An IPv4 network holds no IPv6 address and
 * the other way round.
 */
public final class Cidr {

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or one address. Host bits are ignored.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
        int bits = address.length * 8;
        try {
            return of(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }

    /** The network of the first {@code prefix} bits of an address. */
    public static Cidr of(InetAddress address, int prefix) {
        return of(address.getAddress(), prefix);
    }

    private static Cidr of(byte[] address, int prefix) {
        if (prefix < 0 || prefix > address.length * 8) {
            throw new IllegalArgumentException("not a prefix length: " + prefix);
        }
        byte[] network = address.clone();
        for (int bit = prefix; bit < network.length * 8; bit++) {
            network[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        return new Cidr(network, prefix);
    }

    private static byte[] literal(String text) {
        if (text.isEmpty() || !text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }

    /** Whether an address lies in this network. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = prefix >> 3;
        if (!Arrays.equals(octets, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix & 7;
        return rest == 0 || (octets[whole] ^ network[whole]) >> (8 - rest) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && cidr.prefix == prefix && Arrays.equals(cidr.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
