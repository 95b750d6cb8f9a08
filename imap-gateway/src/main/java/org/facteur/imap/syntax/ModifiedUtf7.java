package org.facteur.imap.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Mailbox names of IMAP4rev1: modified UTF-7 (RFC 3501 section 5.1.3). */
public final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    /** Unicode to its form on the wire. */
    public static String encode(String name) {
        StringBuilder wire = new StringBuilder(name.length() + 8);
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (c == '&') {
                wire.append("&-");
                at++;
            } else if (isPlain(c)) {
                wire.append(c);
                at++;
            } else {
                int from = at;
                while (at < name.length() && !isPlain(name.charAt(at))) {
                    at++;
                }
                byte[] utf16 = name.substring(from, at).getBytes(StandardCharsets.UTF_16BE);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
                wire.append('&').append(base64.replace('/', ',')).append('-');
            }
        }
        return wire.toString();
    }

    /**
     * The wire's form to Unicode; empty where it is not well-formed. UTF-8 that a client sends against the rules is taken as
     * it is.
     */
    public static Optional<String> decode(String wire) {
        StringBuilder name = new StringBuilder(wire.length());
        int at = 0;
        while (at < wire.length()) {
            char c = wire.charAt(at++);
            if (c != '&') {
                name.append(c);
                continue;
            }
            int end = wire.indexOf('-', at);
            if (end < 0) {
                return Optional.empty();
            }
            if (end == at) {
                name.append('&');
            } else {
                Optional<String> shifted = shifted(wire.substring(at, end));
                if (shifted.isEmpty()) {
                    return Optional.empty();
                }
                name.append(shifted.get());
            }
            at = end + 1;
        }
        return Optional.of(name.toString());
    }

    private static Optional<String> shifted(String base64) {
        try {
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/').getBytes(StandardCharsets.US_ASCII));
            return Optional.of(StandardCharsets.UTF_16BE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf16))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c <= 0x7e;
    }
}
