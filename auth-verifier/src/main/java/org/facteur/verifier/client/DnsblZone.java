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
    /**
     * A range of codes, both ends included, or codes with one of some bits.
     *
     * @param bits the bits; 0 for a range
     */
    public record Codes(int first, int last, int bits) {
        boolean has(int code) {
            return bits == 0 ? first <= code && code <= last : (code & bits) != 0;
        }
    }

    /** What an answer says. */
    enum Meaning {
        /** The address is on the list. */
        LISTED,
        /** It is there in a way that does not count. */
        IGNORED,
        /** The list did not answer the question, or is a list no more. */
        REFUSED
    }

    /**
     * Reads {@code zone}, {@code zone=2;4;10-11} or, where codes are bits, {@code zone=&12}. Fails with
     * IllegalArgumentException on anything else.
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
            codes.add(codes(range));
        }
        return new DnsblZone(name, List.copyOf(codes));
    }

    /**
     * What an answer says. Codes are in 127.0.0.0/8 (RFC 5782 section 2.1); anything else comes from a domain that has become
     * something else. 127.255.255.x and, unless asked for, 127.0.0.1 are how lists refuse to answer.
     */
    Meaning meaning(Inet4Address answer) {
        byte[] octets = answer.getAddress();
        int code = octets[3] & 0xff;
        boolean plain = octets[1] == 0 && octets[2] == 0;
        if (octets[0] != 127 || octets[1] == -1 && octets[2] == -1) {
            return Meaning.REFUSED;
        }
        if (plain && codes.stream().anyMatch(some -> some.has(code))) {
            return Meaning.LISTED;
        }
        if (plain && code == 1) {
            return Meaning.REFUSED;
        }
        return codes.isEmpty() ? Meaning.LISTED : Meaning.IGNORED;
    }

    private static Codes codes(String text) {
        if (text.startsWith("&")) {
            int bits = octet(text.substring(1));
            if (bits == 0) {
                throw new IllegalArgumentException(text);
            }
            return new Codes(0, 0, bits);
        }
        String[] ends = text.split("-", 2);
        return new Codes(octet(ends[0]), octet(ends[ends.length - 1]), 0);
    }

    private static int octet(String text) {
        int octet = Integer.parseInt(text.strip());
        if (octet < 0 || octet > 255) {
            throw new IllegalArgumentException(text);
        }
        return octet;
    }
}
