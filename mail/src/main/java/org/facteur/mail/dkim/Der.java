package org.facteur.mail.dkim;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The little of DER that an RSAPublicKey needs (RFC 8017 appendix A.1.1). */
final class Der {
    private final byte[] bytes;
    private int at;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The two integers of a SEQUENCE of just two positive INTEGERs, or empty where the bytes are anything else. */
    static Optional<BigInteger[]> integerPair(byte[] bytes) {
        Der der = new Der(bytes);
        int length = der.enter(0x30);
        if (length < 0 || der.at + length != bytes.length) {
            return Optional.empty();
        }
        Optional<BigInteger> first = der.integer();
        Optional<BigInteger> second = first.isPresent() ? der.integer() : Optional.empty();
        return second.isPresent() && der.at == bytes.length
                ? Optional.of(new BigInteger[] {first.get(), second.get()})
                : Optional.empty();
    }

    private Optional<BigInteger> integer() {
        int length = enter(0x02);
        if (length <= 0) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
        return value.signum() > 0 ? Optional.of(value) : Optional.empty();
    }

    /** Reads tag and length; -1 where another tag stands here or the content does not fit. */
    private int enter(int tag) {
        if (bytes.length - at < 2 || (bytes[at] & 0xff) != tag) {
            return -1;
        }
        int length = bytes[at + 1] & 0xff;
        at += 2;
        if (length >= 0x80) {
            int octets = length - 0x80;
            if (octets < 1 || octets > 3 || bytes.length - at < octets) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | bytes[at++] & 0xff;
            }
        }
        return length <= bytes.length - at ? length : -1;
    }
}
