package org.facteur.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.mail.header.MailCharset;

/** Percent-encoding of extended parameter values, {@code charset'language'text} (RFC 2231 section 4). */
final class Percent {
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /** Encodes a text of one character per octet. */
    static String encode(String octets) {
        StringBuilder encoded = new StringBuilder(octets.length());
        for (char c : octets.toCharArray()) {
            if (c > ' ' && c < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** The text of an extended value; a value without its two apostrophes is read as UTF-8. */
    static String decode(String extended) {
        int first = extended.indexOf('\'');
        int second = first < 0 ? -1 : extended.indexOf('\'', first + 1);
        String charset = second < 0 ? "" : extended.substring(0, first);
        byte[] text = extended.substring(second + 1).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            int high = text[i] == '%' && i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
            octets.write(low < 0 ? text[i] : high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return MailCharset.decode(octets.toByteArray(), charset);
    }
}
