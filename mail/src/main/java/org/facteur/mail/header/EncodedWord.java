package org.facteur.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text beyond ASCII in header fields: {@code =?charset?encoding?encoded-text?=} (RFC 2047, RFC 2231 section 5). */
public final class EncodedWord {
    private static final int MAX_LENGTH = 75;
    private static final String PREFIX_Q = "=?UTF-8?Q?";
    private static final String PREFIX_B = "=?UTF-8?B?";
    private static final String HEX = "0123456789ABCDEF";

    private EncodedWord() {}

    /**
     * Decodes all encoded words of an unfolded value. White space between two of them is dropped, and a character that is split
     * over two words of one charset is put together. What is no encoded word stays as it is.
     */
    public static String decode(String value) {
        int start = value.indexOf("=?");
        if (start < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String charset = "";
        int done = 0;
        while (start >= 0) {
            Word word = Word.at(value, start);
            if (word == null) {
                start = value.indexOf("=?", start + 2);
                continue;
            }
            boolean adjacent = octets.size() > 0 && value.substring(done, start).isBlank();
            if (!adjacent || !charset.equalsIgnoreCase(word.charset)) {
                text.append(MailCharset.decode(octets.toByteArray(), charset));
                octets.reset();
                text.append(value, adjacent ? start : done, start);
            }
            charset = word.charset;
            octets.writeBytes(word.octets());
            done = word.end;
            start = value.indexOf("=?", done);
        }
        text.append(MailCharset.decode(octets.toByteArray(), charset));
        return text.append(value, done, value.length()).toString();
    }

    /** Unstructured text (a subject) as it may stand in a field: itself when it is ASCII, else encoded words in UTF-8. */
    public static String encode(String text) {
        return plain(text) ? text : words(text);
    }

    /** A display name: a phrase of atoms, a quoted string, or encoded words (RFC 5322 section 3.2.5). */
    public static String encodePhrase(String text) {
        if (!plain(text)) {
            return words(text);
        }
        if (text.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.contains("=?");
    }

    /** Words of at most 75 characters, cut between characters, in the shorter encoding. */
    private static String words(String text) {
        int quoted = 0;
        int octets = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            quoted += literal(b) || b == ' ' ? 1 : 3;
            octets++;
        }
        boolean q = quoted <= octets * 4 / 3;
        int room = MAX_LENGTH - PREFIX_Q.length() - 2;
        StringBuilder words = new StringBuilder();
        StringBuilder encoded = new StringBuilder();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            String piece = q ? quoted(utf8) : "";
            boolean full = q ? encoded.length() + piece.length() > room : (raw.size() + utf8.length + 2) / 3 * 4 > room;
            if (full) {
                close(words, q, encoded, raw);
            }
            encoded.append(piece);
            raw.writeBytes(utf8);
        }
        close(words, q, encoded, raw);
        return words.toString();
    }

    private static void close(StringBuilder words, boolean q, StringBuilder encoded, ByteArrayOutputStream raw) {
        words.append(words.length() == 0 ? "" : " ").append(q ? PREFIX_Q : PREFIX_B);
        words.append(q ? encoded : Base64.getEncoder().encodeToString(raw.toByteArray()))
                .append("?=");
        encoded.setLength(0);
        raw.reset();
    }

    private static String quoted(byte[] utf8) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : utf8) {
            if (b == ' ') {
                quoted.append('_');
            } else if (literal(b)) {
                quoted.append((char) b);
            } else {
                quoted.append('=').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return quoted.toString();
    }

    /** RFC 2047 section 5 rule 3: the characters that need no encoding even within a phrase. */
    private static boolean literal(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || "!*+-/".indexOf(b) >= 0;
    }

    /** An encoded word found in a value; {@code end} is the index behind it. */
    private record Word(String value, String charset, boolean base64, int textStart, int end) {
        /** The word at this index, null when there is none. Looks no further than the fourth question mark. */
        static Word at(String value, int start) {
            int charsetEnd = value.indexOf('?', start + 2);
            int textStart = charsetEnd + 3;
            if (charsetEnd < 0 || textStart >= value.length() || value.charAt(charsetEnd + 2) != '?') {
                return null;
            }
            char encoding = Character.toUpperCase(value.charAt(charsetEnd + 1));
            int end = value.indexOf('?', textStart);
            if ((encoding != 'B' && encoding != 'Q')
                    || end < 0
                    || end + 1 >= value.length()
                    || value.charAt(end + 1) != '=') {
                return null;
            }
            String charset = value.substring(start + 2, charsetEnd);
            int language = charset.indexOf('*');
            charset = language < 0 ? charset : charset.substring(0, language);
            return charset.isEmpty() || charset.length() > 64
                    ? null
                    : new Word(value, charset, encoding == 'B', textStart, end + 2);
        }

        byte[] octets() {
            byte[] text = value.substring(textStart, end - 2).getBytes(StandardCharsets.UTF_8);
            return base64 ? LenientBase64.decode(text, 0, text.length) : unquote(text);
        }

        private static byte[] unquote(byte[] text) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length);
            for (int i = 0; i < text.length; i++) {
                int high = text[i] == '=' && i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
                if (low >= 0) {
                    octets.write(high << 4 | low);
                    i += 2;
                } else {
                    octets.write(text[i] == '_' ? ' ' : text[i]);
                }
            }
            return octets.toByteArray();
        }
    }
}
