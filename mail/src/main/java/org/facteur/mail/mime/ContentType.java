package org.facteur.mail.mime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Value of a Content-Type field (RFC 2045 section 5.1).
 *
 * @param type top-level media type, lower case
 * @param subtype lower case
 * @param parameters the field's parameters
 */
public record ContentType(String type, String subtype, Parameters parameters) {
    /** What a part without the field is (RFC 2045 section 5.2). */
    public static final ContentType DEFAULT =
            new ContentType("text", "plain", new Parameters(List.of(new Parameter("charset", "us-ascii"))));
    /** What a part of a multipart/digest without the field is (RFC 2046 section 5.1.5). */
    static final ContentType MESSAGE = new ContentType("message", "rfc822", Parameters.NONE);
    /** What is not looked into: too deep, or encoded where no encoding is allowed. */
    static final ContentType OPAQUE = new ContentType("application", "octet-stream", Parameters.NONE);

    /** Longest type or subtype, in characters (RFC 6838 section 4.2). */
    private static final int MAX_TOKEN = 127;

    /** Parses an unfolded value of one character per octet; empty when it has no type and subtype. */
    public static Optional<ContentType> parse(String value) {
        int semicolon = value.indexOf(';');
        String media = semicolon < 0 ? value : value.substring(0, semicolon);
        int comment = media.indexOf('(');
        media = comment < 0 ? media : media.substring(0, comment);
        int slash = media.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String type = media.substring(0, slash).strip().toLowerCase(Locale.ROOT);
        String subtype = media.substring(slash + 1).strip().toLowerCase(Locale.ROOT);
        if (!token(type) || !token(subtype)) {
            return Optional.empty();
        }
        Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(value, semicolon + 1);
        return Optional.of(new ContentType(type, subtype, parameters));
    }

    /** Whether this is the media type, both in lower case. */
    public boolean is(String type, String subtype) {
        return this.type.equals(type) && this.subtype.equals(subtype);
    }

    /** {@code type/subtype}. */
    public String mediaType() {
        return type + "/" + subtype;
    }

    private static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_TOKEN;
    }
}
