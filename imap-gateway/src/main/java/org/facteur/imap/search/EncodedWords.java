package org.facteur.imap.search;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facteur.imap.fetch.TransferEncoding;

/** Undoes encoded words in header fields (RFC 2047 section 2). */
final class EncodedWords {
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^? ]*)\\?=(\\s+(?==\\?))?");

    private EncodedWords() {}

    /** The text with its words decoded; white space between two of them is dropped. */
    static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        Matcher words = WORD.matcher(text);
        StringBuilder decoded = new StringBuilder(text.length());
        while (words.find()) {
            words.appendReplacement(decoded, Matcher.quoteReplacement(word(words)));
        }
        return words.appendTail(decoded).toString();
    }

    private static String word(Matcher word) {
        boolean base64 = word.group(2).equalsIgnoreCase("b");
        String text = base64 ? word.group(3) : word.group(3).replace('_', ' ');
        return TransferEncoding.decode(
                        base64 ? "base64" : "quoted-printable", text.getBytes(StandardCharsets.ISO_8859_1))
                .map(octets -> new String(octets, charset(word.group(1))))
                .orElse(word.group());
    }

    /** A charset by the name in a message; ISO 8859-1 where the name is not known, so that ASCII is found all the same. */
    static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
