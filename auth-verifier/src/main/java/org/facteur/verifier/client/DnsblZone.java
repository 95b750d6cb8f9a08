package org.facteur.verifier.client;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A blocklist (RFC 5782) and the answers of it that count.
 *
 * @param name such as {@code zen.example.org}
 * @param codes last octets of 127.0.0.x that count; empty for every answer
 */
public record DnsblZone(String name, List<Codes> codes) {
    /** A range of codes, both ends included. */
    public record Codes(int first, int last) {}

    /**
     * Reads {@code zone} or {@code zone=2;4;10-11}. Fails with IllegalArgumentException on anything else.
     */
    public static DnsblZone parse(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+")) {
            throw new IllegalArgumentException(text);
        }
        List<Codes> codes = new ArrayList<>();
        for (String range :
                equals < 0 ? new String[0] : text.substring(equals + 1).split(";", -1)) {
            String[] ends = range.split("-", 2);
            codes.add(new Codes(octet(ends[0]), octet(ends[ends.length - 1])));
        }
        return new DnsblZone(name, List.copyOf(codes));
    }

    /** Whether an answer says that the address is listed; 127.255.255.x says that the question was refused. */
    boolean lists(Inet4Address answer) {
        byte[] octets = answer.getAddress();
        boolean refused = octets[1] == -1 && octets[2] == -1;
        int code = octets[3] & 0xff;
        return octets[0] == 127
                && !refused
                && (codes.isEmpty() || codes.stream().anyMatch(range -> range.first() <= code && code <= range.last()));
    }

    private static int octet(String text) {
        int octet = Integer.parseInt(text.strip());
        if (octet < 0 || octet > 255) {
            throw new IllegalArgumentException(text);
        }
        return octet;
    }
}
