package org.facteur.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;

/** Undoes content transfer encodings (RFC 2045 section 6) as far as the octets allow it. */
public final class TransferEncoding {
    private TransferEncoding() {}

    /** The octets decoded; empty where the encoding is not known or the octets are not of it. */
    public static Optional<byte[]> decode(String encoding, byte[] octets) {
        return switch (encoding) {
            case "7bit", "8bit", "binary", "" -> Optional.of(octets);
            case "base64" -> base64(octets);
            case "quoted-printable" -> Optional.of(quotedPrintable(octets));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> base64(byte[] octets) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(octets));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
        int at = 0;
        while (at < octets.length) {
            byte octet = octets[at++];
            if (octet != '=') {
                out.write(octet);
            } else if (at < octets.length && octets[at] == '\n') {
                at++;
            } else if (at + 1 < octets.length && octets[at] == '\r' && octets[at + 1] == '\n') {
                at += 2;
            } else if (at + 1 < octets.length && hex(octets[at]) >= 0 && hex(octets[at + 1]) >= 0) {
                out.write(hex(octets[at]) << 4 | hex(octets[at + 1]));
                at += 2;
            } else {
                out.write(octet);
            }
        }
        return out.toByteArray();
    }

    private static int hex(byte octet) {
        return Character.digit(octet, 16);
    }
}
