package org.facteur.mail.header;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Charsets by the names that mail gives them, which are often those of a smaller relative of what is really sent. */
public final class MailCharset {
    private static final Map<String, String> REAL = Map.ofEntries(
            Map.entry("us-ascii", "utf-8"),
            Map.entry("ascii", "utf-8"),
            Map.entry("ansi_x3.4-1968", "utf-8"),
            Map.entry("utf8", "utf-8"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-9", "windows-1254"));

    private MailCharset() {}

    /** The charset to read with, empty when the name is unknown. */
    public static Optional<Charset> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        try {
            return Optional.of(Charset.forName(REAL.getOrDefault(lower, lower)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads octets in the named charset. A name that is empty, unknown or means ASCII reads as UTF-8 when the octets are well
     * formed, as ISO 8859-1 otherwise; what is malformed in a known charset becomes U+FFFD.
     */
    public static String decode(byte[] octets, String name) {
        Charset charset = name.isEmpty() ? StandardCharsets.UTF_8 : of(name).orElse(StandardCharsets.UTF_8);
        return charset.equals(StandardCharsets.UTF_8) ? Utf8.orLatin1(octets) : new String(octets, charset);
    }
}
