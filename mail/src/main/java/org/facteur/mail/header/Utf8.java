package org.facteur.mail.header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text of an unknown charset. */
final class Utf8 {
    private Utf8() {}

    /** The octets as UTF-8 when they are well formed, as ISO 8859-1 otherwise. */
    static String orLatin1(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
