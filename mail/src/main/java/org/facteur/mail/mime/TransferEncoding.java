package org.facteur.mail.mime;

import java.util.Arrays;
import java.util.Locale;
import org.facteur.mail.header.LenientBase64;

/** Content-Transfer-Encoding (RFC 2045 section 6). */
public enum TransferEncoding {
    /** 7bit, 8bit or binary: the octets are the content. */
    IDENTITY,
    /** RFC 2045 section 6.8. */
    BASE64,
    /** RFC 2045 section 6.7. */
    QUOTED_PRINTABLE,
    /** Any other: the content cannot be had (RFC 3516's UNKNOWN-CTE). */
    UNKNOWN;

    /** The encoding of that name, in any case. */
    public static TransferEncoding of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "7bit", "8bit", "binary", "" -> IDENTITY;
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            default -> UNKNOWN;
        };
    }

    /** The content of the octets from {@code from} to before {@code to}; malformed input is passed through or skipped. */
    public byte[] decode(byte[] bytes, int from, int to) {
        return switch (this) {
            case BASE64 -> LenientBase64.decode(bytes, from, to);
            case QUOTED_PRINTABLE -> unquote(bytes, from, to);
            default -> Arrays.copyOfRange(bytes, from, to);
        };
    }

    private static byte[] unquote(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        int lineContent = 0; // where white space at the end of the line is cut back to (RFC 2045 section 6.7 rule 3)
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                boolean cr = length > 0 && i > from && bytes[i - 1] == '\r';
                length = lineContent;
                if (cr) {
                    decoded[length++] = '\r';
                }
                decoded[length++] = '\n';
                lineContent = length;
            } else if (b == '=') {
                int high = i + 2 < to ? Character.digit(bytes[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
                int next = softBreak(bytes, i + 1, to);
                if (low >= 0) {
                    decoded[length++] = (byte) (high << 4 | low);
                    i += 2;
                } else if (next > 0) {
                    i = next - 1;
                } else {
                    decoded[length++] = b;
                }
                lineContent = length;
            } else {
                decoded[length++] = b;
                lineContent = b == ' ' || b == '\t' || b == '\r' ? lineContent : length;
            }
        }
        return Arrays.copyOf(decoded, length);
    }

    /** Offset behind the line end that follows directly or after white space; 0 when there is none. */
    private static int softBreak(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
            i++;
        }
        return i == to ? to : bytes[i] == '\n' ? i + 1 : 0;
    }
}
