package org.facteur.platform.dns;

import java.net.InetAddress;

/** Name of an address in the reverse zones {@code in-addr.arpa} (RFC 1035 section 3.5) and {@code ip6.arpa} (RFC 3596). */
public final class ReverseName {

    private ReverseName() {}

    /** The name that holds the PTR records of an address, such as {@code 1.2.0.192.in-addr.arpa}. */
    public static String of(InetAddress address) {
        return labels(address) + (address.getAddress().length == 4 ? ".in-addr.arpa" : ".ip6.arpa");
    }

    /** The labels alone: octets or nibbles in reverse order, as blocklists ask (RFC 5782 section 2) too. */
    public static String labels(InetAddress address) {
        byte[] octets = address.getAddress();
        StringBuilder labels = new StringBuilder(64);
        for (int i = octets.length - 1; i >= 0; i--) {
            if (!labels.isEmpty()) {
                labels.append('.');
            }
            int octet = octets[i] & 0xff;
            if (octets.length == 4) {
                labels.append(octet);
            } else {
                labels.append(Character.forDigit(octet & 0xf, 16))
                        .append('.')
                        .append(Character.forDigit(octet >> 4, 16));
            }
        }
        return labels.toString();
    }
}
