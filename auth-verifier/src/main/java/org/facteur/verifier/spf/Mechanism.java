package org.facteur.verifier.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.facteur.verifier.ClientAddress;

/**
 * One mechanism of a record with its qualifier (RFC 7208 section 5).
 *
 * @param result what a match gives
 * @param domain the domain-spec; empty where the current domain is meant or the kind has none
 * @param network address of ip4 and ip6
 * @param prefix4 bits of the network to compare for IPv4 clients
 * @param prefix6 bits of the network to compare for IPv6 clients
 */
record Mechanism(
        Kind kind, SpfStatus result, Optional<MacroString> domain, Optional<byte[]> network, int prefix4, int prefix6) {
    /** The eight mechanisms. */
    enum Kind {
        ALL,
        INCLUDE,
        A,
        MX,
        PTR,
        IP4,
        IP6,
        EXISTS;

        /** Whether it counts towards the limit of terms that ask DNS (section 4.6.4). */
        boolean asksDns() {
            return this != ALL && this != IP4 && this != IP6;
        }
    }

    /** The term as a record has it. */
    @Override
    public String toString() {
        String sign =
                switch (result) {
                    case FAIL -> "-";
                    case SOFTFAIL -> "~";
                    case NEUTRAL -> "?";
                    default -> "";
                };
        boolean ip = network.isPresent();
        return sign
                + kind.name().toLowerCase(Locale.ROOT)
                + domain.map(spec -> ":" + spec).orElse("")
                + network.map(address -> ":" + literal(address)).orElse("")
                + (prefix4 < 32 && !(ip && kind == Kind.IP6) ? "/" + prefix4 : "")
                + (prefix6 < 128 && !(ip && kind == Kind.IP4) ? (ip ? "/" : "//") + prefix6 : "");
    }

    /** The term and whether it matches, for people. */
    String told(boolean match) {
        return this + (match ? " matches: " + result.text() : " does not match");
    }

    private static String literal(byte[] address) {
        try {
            return ClientAddress.text(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    /** Whether a mechanism that asks nobody matches. */
    boolean matches(InetAddress client) {
        return kind == Kind.ALL || network.map(net -> within(client, net)).orElse(false);
    }

    /** Whether the client is in the network of that address, by the prefix length for its family. */
    boolean within(InetAddress client, byte[] address) {
        byte[] ours = client.getAddress();
        if (ours.length != address.length) {
            return false;
        }
        int bits = ours.length == 4 ? prefix4 : prefix6;
        for (int i = 0; bits > 0; i++, bits -= 8) {
            int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
            if (((ours[i] ^ address[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
